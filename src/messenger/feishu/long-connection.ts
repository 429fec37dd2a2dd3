import type { Clock } from '../../clock.ts';
import { addMs } from '../../domain/day.ts';
import { feishuTexts as texts } from '../../texts/feishu.ts';
import { feishuEventTexts } from '../../texts/feishu-events.ts';
import type { Messenger } from '../messenger.ts';
import type { Sleep } from '../pace.ts';
import type { Endpoint } from './api.ts';
import { FeishuApiError } from './api-error.ts';
import { FeishuEventError, isTap } from './envelope.ts';
import { toast } from './events.ts';
import { type End, endOf, report, type State, sentenceOf } from './line-state.ts';
import type { Line, LineParts, OpenLine } from './sdk.ts';

export interface LongConnectionLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface LongConnectionParts {
  readonly app: LineParts['app'];
  /** @throws FeishuApiError */
  readonly askEndpoint: (signal: AbortSignal) => Promise<Endpoint>;
  readonly openLine: OpenLine;
  /** Resolves with what is answered when it is durable; rejects to have it delivered again. */
  readonly receive: (envelope: unknown) => Promise<object>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Below 1. */
  readonly random: () => number;
  readonly log: LongConnectionLog;
  /** Told whenever the line comes up or is lost. */
  readonly tell?: (state: 'up' | 'lost' | 'refused') => void;
}

export interface LongConnection {
  /** Resolves when the first try has ended, well or not; the following ones go on behind. */
  start(): Promise<void>;
  status(): ReturnType<Messenger['status']>;
  /** For good: what is being received is finished and acknowledged, nothing new is taken. */
  stop(): Promise<void>;
}

/** How often a silent line is looked at, and how long it may be silent: the platform answers a ping every two minutes. */
const watchMs = 30_000;
const silentMs = 150_000;
const firstPauseMs = 1000;
const longestPauseMs = 60_000;
/** What the platform refuses is for somebody to put right: it is asked again now and then, and found when it is. */
const refusedPauseMs = 600_000;
/** A line that has held for so long starts the pauses anew. */
const steadyMs = 60_000;
/** From then on a broken line is an error and no mere hiccup. */
const alarmMs = 120_000;
/** What is being received at the end, and the platform's goodbye. */
const lastWordMs = 10_000;
const goodbyeMs = 2000;

/** Events over a connection that we open: no public address needed. One line at a time, replaced when it ends. */
export function createLongConnection(parts: LongConnectionParts): LongConnection {
  const { app, askEndpoint, openLine, clock, sleep, random, log, tell = () => {} } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const receiving = new Set<Promise<unknown>>();
  let state: State = { type: 'off' };
  let running: Promise<void> = Promise.resolve();
  let firstTried = (): void => {};

  const receive = (envelope: unknown): Promise<object> => {
    if (signal.aborted) return Promise.reject(new Error('stopping'));
    const work = parts.receive(envelope).catch((fault: unknown) => answerFault(envelope, fault));
    const ended: Promise<unknown> = work.catch(() => {}).finally(() => receiving.delete(ended));
    receiving.add(ended);
    return work;
  };

  /** @throws what may pass, so that the event comes again */
  function answerFault(envelope: unknown, fault: unknown): object {
    if (fault instanceof FeishuEventError) {
      // It never becomes well-formed, however often it comes.
      log.warn({ reason: fault.message }, 'event refused');
      return {};
    }
    log.error({ err: fault }, 'event not taken');
    // A tap is not delivered again, and its button must not stay dead.
    if (isTap(envelope)) return toast('error', feishuEventTexts.notKept);
    throw fault;
  }

  function become(next: State): void {
    const previous = state;
    state = next;
    report(previous, next, { log, tell });
    if (next.type !== 'connecting') firstTried();
  }

  function note(end: End): void {
    const { since, wasUp } = state.type === 'lost' ? state : { since: clock.now(), wasUp: state.type === 'up' };
    const isAlarming = clock.now() >= addMs(since, alarmMs);
    become(end.type === 'refused' ? end : { type: 'lost', since, reason: end.reason, isAlarming, wasUp });
  }

  /** One line from its opening to its end. */
  async function holdLine(): Promise<End> {
    const endpoint = await askEndpoint(signal);
    const line = openLine({ app, endpoint, receive, log });
    const hangUp = (): void => line.destroy();
    // A handshake is cut off; an open line says goodbye.
    if (signal.aborted) hangUp();
    signal.addEventListener('abort', hangUp, { once: true });
    const isUp = await line.opened;
    signal.removeEventListener('abort', hangUp);
    if (!isUp) return { type: 'lost', reason: texts.notOpened, wasUpMs: 0 };
    const upSince = clock.now();
    become({ type: 'up' });
    const reason = await guard(line, Math.max(silentMs, endpoint.pingSeconds * 1250));
    return { type: 'lost', reason, wasUpMs: Date.parse(clock.now()) - Date.parse(upSince) };
  }

  /** Ends a line on which nothing has come in for too long: a half-open one never ends by itself. */
  async function guard(line: Line, patienceMs: number): Promise<string> {
    const over = new AbortController();
    const ended = line.ended.then(() => over.abort());
    const wakened = AbortSignal.any([over.signal, signal]);
    let received = line.received();
    let silentSince = clock.now();
    while (!wakened.aborted) {
      await sleep(watchMs, wakened);
      if (line.received() !== received) {
        received = line.received();
        silentSince = clock.now();
      } else if (!over.signal.aborted && clock.now() >= addMs(silentSince, patienceMs)) {
        line.destroy();
        return texts.silent;
      }
    }
    if (signal.aborted) await leave(line);
    await ended;
    return texts.dropped;
  }

  /** Lets what is being received be acknowledged and the platform say goodbye, but neither for ever. */
  async function leave(line: Line): Promise<void> {
    await atMost(lastWordMs, Promise.all(receiving));
    // The acknowledgement is written in the turn after the answer.
    await new Promise((resolve) => setImmediate(resolve));
    line.close();
    await atMost(goodbyeMs, line.ended);
    line.destroy();
  }

  async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
    const done = new AbortController();
    await Promise.race([work, sleep(ms, done.signal)]);
    done.abort();
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const end = await holdLine().catch((fault: unknown): End => {
        if (fault instanceof FeishuApiError) return endOf(fault);
        log.error({ err: fault }, 'feishu connection failed');
        return { type: 'lost', reason: texts.notOpened, wasUpMs: 0 };
      });
      if (signal.aborted) return;
      note(end);
      if (end.type === 'lost') failures = end.wasUpMs >= steadyMs ? 0 : failures + 1;
      const pauseMs = end.type === 'refused' ? refusedPauseMs : Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
      // Half of the pause is left to chance, so that not everybody comes back at the same time.
      await sleep(pauseMs * (0.5 + random() / 2), signal);
    }
  }

  return {
    start() {
      const tried = new Promise<void>((resolve) => {
        firstTried = resolve;
      });
      if (isWellFormed(app.appId)) {
        become({ type: 'connecting' });
        running = run();
      } else become({ type: 'refused', reason: texts.appIdMalformed });
      return Promise.race([tried, running.then(() => tried)]);
    },
    status: () => (state.type === 'up' ? { ready: true } : { ready: false, reason: sentenceOf(state) }),
    async stop() {
      stopping.abort();
      await running;
      become({ type: 'off' });
    },
  };
}

/** What the SDK demands without saying so: with another one it would do nothing at all. */
const isWellFormed = (appId: string): boolean => /^cli_[0-9a-fA-F]{16}$/.test(appId);
