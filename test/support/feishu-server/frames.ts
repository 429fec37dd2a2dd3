import protobuf from 'protobufjs';

/** The frame of the long connection (proto2, package pbbp2). */
const schema = protobuf.parse(`
  syntax = "proto2";
  package pbbp2;
  message Header { required string key = 1; required string value = 2; }
  message Frame {
    required uint64 SeqID = 1;
    required uint64 LogID = 2;
    required int32 service = 3;
    required int32 method = 4;
    repeated Header headers = 5;
    optional string payload_encoding = 6;
    optional string payload_type = 7;
    optional bytes payload = 8;
    optional string LogIDNew = 9;
  }`).root;
// Set up at once: the SDK, when it is loaded, takes 64-bit numbers away from everybody who has not yet.
const type = schema.resolveAll().lookupType('pbbp2.Frame').setup();

const control = 0;
const data = 1;

export interface Frame {
  readonly kind: 'control' | 'data';
  readonly service: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

export function encodeFrame(frame: Frame): Uint8Array {
  const headers = Object.entries(frame.headers).map(([key, value]) => ({ key, value }));
  const method = frame.kind === 'control' ? control : data;
  const message = { SeqID: 0, LogID: 0, service: frame.service, method, headers, payload: frame.payload };
  return type.encode(type.fromObject(message)).finish();
}

/** @throws Error on anything but a frame */
export function decodeFrame(bytes: Uint8Array): Frame {
  const read = type.toObject(type.decode(bytes), { longs: Number, bytes: Buffer, arrays: true }) as {
    service: number;
    method: number;
    headers: { key: string; value: string }[];
    payload?: Buffer;
  };
  return {
    kind: read.method === control ? 'control' : 'data',
    service: read.service,
    headers: Object.fromEntries(read.headers.map(({ key, value }) => [key, value])),
    payload: read.payload ?? Buffer.alloc(0),
  };
}

/** One event in `parts` frames, which the receiver puts together by `message_id`. */
export function eventFrames(service: number, messageId: string, payload: Buffer, parts: number): readonly Frame[] {
  const size = Math.ceil(payload.length / parts);
  return Array.from({ length: parts }, (_, seq) => ({
    kind: 'data',
    service,
    headers: { type: 'event', message_id: messageId, sum: String(parts), seq: String(seq), trace_id: messageId },
    payload: payload.subarray(seq * size, (seq + 1) * size),
  }));
}
