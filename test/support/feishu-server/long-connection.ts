import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type App, newId } from './app.ts';
import type { Faults } from './faults.ts';
import { decodeFrame, encodeFrame, eventFrames, type Frame } from './frames.ts';
import type { Time } from './time.ts';
import { answerWithinMs, type Outcome, type Parcel, type Transport } from './transport.ts';

const serviceId = 33554678;
const mostConnections = 50;
const endpointWords: Readonly<Record<number, string>> = {
  1: 'system busy',
  403: 'forbidden',
  514: 'auth failed',
  1000040343: 'internal error',
  1000040350: 'the number of connections exceeded the limit',
};

/** Seconds, as the platform tells them its clients. */
export interface ClientConfig {
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
  readonly PingInterval: number;
}

interface Connection {
  readonly socket: WebSocket;
  readonly waiting: Map<string, (outcome: Outcome) => void>;
  /** Its first ping. Before that the SDK listens to nothing: what came along with the handshake would be lost. */
  readonly greeted: Promise<void>;
  greet: () => void;
  isGreeted: boolean;
  /** Half open: nothing is read any more, nothing gets through. */
  frozen: boolean;
}

/** Sockets that the bot opens, through which events come and are acknowledged. */
export class LongConnection implements Transport {
  readonly name = 'long connection';
  readonly #app: App;
  readonly #time: Time;
  readonly #faults: Faults;
  readonly #config: ClientConfig;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  #connections: Connection[] = [];
  readonly #waitingFor: { readonly count: number; readonly tell: () => void }[] = [];
  #turn = 0;
  /** Pings that were answered. */
  pings = 0;

  constructor(app: App, time: Time, faults: Faults, config: ClientConfig) {
    this.#app = app;
    this.#time = time;
    this.#faults = faults;
    this.#config = config;
  }

  /** Sockets that are open and listen. */
  get count(): number {
    return this.#connections.filter(({ isGreeted }) => isGreeted).length;
  }

  /** Answers `/callback/ws/endpoint`: where to connect to. */
  endpoint(body: unknown, origin: string): object {
    const given = body as { AppID?: unknown; AppSecret?: unknown } | null;
    const isKnown = given?.AppID === this.#app.appId && given.AppSecret === this.#app.appSecret;
    const fault = this.#faults.takeEndpoint();
    const code = fault?.code ?? (!isKnown ? 514 : this.#connections.length >= mostConnections ? 1000040350 : 0);
    if (code !== 0) {
      const refused = { code, msg: endpointWords[code] ?? 'internal error' };
      return fault?.withoutData === true ? refused : { ...refused, data: {} };
    }
    const ticket = newId('');
    this.#tickets.add(ticket);
    const query = `fpid=493&aid=552564&device_id=${newId('').slice(0, 12)}&access_key=${newId('')}&service_id=${serviceId}&ticket=${ticket}`;
    return { code: 0, msg: '', data: { URL: `${origin}/ws/v2?${query}`, ClientConfig: this.#config } };
  }

  /** A socket with a ticket, which is good once. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      const headers = 'Handshake-Status: 514\r\nHandshake-Msg: auth failed\r\nHandshake-Autherrcode: 1000040345\r\n';
      socket.end(`HTTP/1.1 403 Forbidden\r\n${headers}Connection: close\r\n\r\n`);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#accept(opened));
  }

  /** To one of the connections, in turn. */
  deliver(parcel: Parcel): Promise<Outcome> {
    const connection = this.#connections[this.#turn++ % Math.max(1, this.#connections.length)];
    if (connection === undefined) return Promise.resolve({ result: 'not connected' });
    return new Promise((resolve) => {
      const settle = (outcome: Outcome): void => {
        forget();
        connection.waiting.delete(parcel.eventId);
        resolve(outcome);
      };
      const forget = this.#time.after(answerWithinMs, () => settle({ result: 'no answer' }));
      connection.waiting.set(parcel.eventId, settle);
      void connection.greeted.then(() => this.#write(connection, parcel));
    });
  }

  /** Resolves when so many sockets are open and listen. */
  connected(count = 1): Promise<void> {
    if (this.count === count) return Promise.resolve();
    return new Promise((tell) => this.#waitingFor.push({ count, tell }));
  }

  /** Breaks every socket without a word. */
  drop(): void {
    for (const { socket } of this.#connections) socket.terminate();
  }

  /** Leaves the open sockets half open: no pong, nothing read, nothing comes. New ones are as they should be. */
  freeze(): void {
    for (const connection of this.#connections) connection.frozen = true;
  }

  close(): void {
    this.drop();
    this.#server.close();
  }

  #accept(socket: WebSocket): void {
    const connection: Connection = { socket, waiting: new Map(), ...greeting(), isGreeted: false, frozen: false };
    this.#connections.push(connection);
    socket.on('message', (bytes: Buffer) => this.#read(connection, bytes));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#connections = this.#connections.filter((one) => one !== connection);
      for (const settle of connection.waiting.values()) settle({ result: 'no answer' });
      this.#tellCount();
    });
  }

  #write(connection: Connection, { eventId, eventType, envelope }: Parcel): void {
    if (connection.frozen) return;
    const parts = this.#faults.takeEvent(eventType, 'fragmented')?.parts ?? 1;
    const payload = Buffer.from(JSON.stringify(envelope));
    for (const frame of eventFrames(serviceId, eventId, payload, parts)) write(connection, frame);
    if (this.#faults.takeEvent(eventType, 'socket-drops') !== undefined) connection.socket.terminate();
  }

  #tellCount(): void {
    for (const one of this.#waitingFor.filter(({ count }) => count === this.count)) {
      this.#waitingFor.splice(this.#waitingFor.indexOf(one), 1);
      one.tell();
    }
  }

  #read(connection: Connection, bytes: Buffer): void {
    if (connection.frozen) return;
    const frame = readFrame(bytes);
    if (frame === null) {
      connection.socket.close(1002, 'not a frame');
      return;
    }
    if (frame.kind === 'control' && frame.headers['type'] === 'ping') {
      this.pings += 1;
      const payload = Buffer.from(JSON.stringify(this.#config));
      write(connection, { kind: 'control', service: frame.service, headers: { type: 'pong' }, payload });
      connection.isGreeted = true;
      connection.greet();
      this.#tellCount();
    }
    if (frame.kind === 'data') connection.waiting.get(frame.headers['message_id'] ?? '')?.(readAck(frame));
  }
}

function greeting(): Pick<Connection, 'greeted' | 'greet'> {
  let greet = (): void => {};
  const greeted = new Promise<void>((resolve) => {
    greet = resolve;
  });
  return { greeted, greet };
}

const write = ({ socket }: Connection, frame: Frame): void => socket.send(encodeFrame(frame));

function readFrame(bytes: Buffer): Frame | null {
  try {
    return decodeFrame(bytes);
  } catch {
    return null;
  }
}

function readAck(frame: Frame): Outcome {
  const ack = JSON.parse(frame.payload.toString('utf8')) as { code: number; data?: string };
  if (ack.code !== 200) return { result: 'refused', status: ack.code };
  const body: unknown =
    ack.data === undefined ? undefined : JSON.parse(Buffer.from(ack.data, 'base64').toString('utf8'));
  return { result: 'answered', body };
}
