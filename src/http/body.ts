import type { IncomingMessage } from 'node:http';
import { webWords } from '../texts/web.ts';

/** A request that is refused; `message` is a Chinese sentence that may be shown. */
export class RequestError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

export interface BodyLimits {
  /** Bytes. */
  readonly limit: number;
  readonly timeoutMs: number;
}

/** The exact bytes of a request. @throws RequestError 413 over the limit, 408 when it takes too long, 400 when cut off */
export function readBody(request: IncomingMessage, { limit, timeoutMs }: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (outcome: () => void): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('error', fail).off('close', fail);
      outcome();
    };
    const refuse = (status: number, message: string): void =>
      end(() => {
        // What still arrives is thrown away, so that the sender lives to read the answer.
        request.resume();
        reject(new RequestError(status, message));
      });
    const timer = setTimeout(() => refuse(408, webWords.tooSlow), timeoutMs);
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) refuse(413, webWords.tooLarge(limit));
      else chunks.push(chunk);
    };
    const finish = (): void => end(() => resolve(Buffer.concat(chunks, size)));
    const fail = (): void => refuse(400, webWords.wrongShape);
    request.on('data', take).on('end', finish).on('error', fail).on('close', fail);
    if (Number(request.headers['content-length']) > limit) refuse(413, webWords.tooLarge(limit));
  });
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Strict: a broken sequence is refused, not replaced. @throws RequestError 400 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw new RequestError(400, webWords.notUtf8);
  }
}

/** Objects and arrays within each other; ours have a handful. What goes deeper overflows the stack of whoever reads it. */
const deepest = 32;

const isTooDeep = (value: unknown, left = deepest): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1)));

/** @throws RequestError 400 */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (!isTooDeep(value)) return value;
  } catch {
    // Answered like what is too deep.
  }
  throw new RequestError(400, webWords.wrongShape);
}
