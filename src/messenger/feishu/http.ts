import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { FeishuApiError } from './api-error.ts';

/** One request to the platform, in the words of its SDK. */
export interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, unknown>>;
  /** JSON, or the fields of a form when the content type is multipart. */
  readonly data?: unknown;
  /** `stream`: the answer is a file. */
  readonly responseType?: string;
  readonly signal?: AbortSignal;
}

/** A file that was asked for as a stream. */
export interface Download {
  readonly data: Readable;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers with the body of a success, or with a `Download`. @throws FeishuApiError for everything else */
export type Request = (call: Call) => Promise<unknown>;

export interface HttpParts {
  /** A signal that is aborted when the time is over. */
  readonly deadline?: (ms: number) => AbortSignal;
  /** Told of every call that was not carried out. */
  readonly onFailure?: (fault: FeishuApiError) => void;
}

/** Until the whole answer is there; a file on a slow line takes longer. */
export const timeouts = { answer: 10_000, file: 120_000 } as const;
/** Answers in JSON are a few KB; a directory of 50 people is not 100. */
const longestAnswer = 4 * 1_048_576;
const resetHeader = 'x-ogw-ratelimit-reset';

/** The one way to the platform's HTTP interface: nothing is resolved that the platform has not accepted. */
export function createRequest(parts: HttpParts = {}): Request {
  const { deadline = (ms) => AbortSignal.timeout(ms), onFailure = () => {} } = parts;
  return async (call) => {
    const isForm = isMultipart(call);
    const isFile = call.responseType === 'stream';
    const limits = [deadline(isForm || isFile ? timeouts.file : timeouts.answer), call.signal];
    const signal = AbortSignal.any(limits.filter((limit) => limit !== undefined));
    const failed = (fault: unknown): FeishuApiError =>
      fault instanceof FeishuApiError ? fault : FeishuApiError.unanswered(call, fault);
    try {
      const response = await fetch(addressOf(call), {
        method: call.method.toUpperCase(),
        headers: headersOf(call, isForm),
        body: bodyOf(call, isForm),
        signal,
        redirect: 'error',
      });
      if (isFile && response.ok && response.body !== null && !isAnswerInWords(response)) {
        return {
          data: Readable.fromWeb(response.body as ReadableStream),
          headers: Object.fromEntries(response.headers),
        };
      }
      return await readAnswer(call, response);
    } catch (fault) {
      const failure = failed(fault);
      onFailure(failure);
      throw failure;
    }
  };
}

const isMultipart = ({ headers = {} }: Call): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === 'content-type' && value.startsWith('multipart/'),
  );

/** A file comes with a name; what comes as JSON without one is the platform's own word, whatever its status. */
const isAnswerInWords = ({ headers }: Response): boolean =>
  headers.get('content-type')?.includes('application/json') === true && !headers.has('content-disposition');

function addressOf({ url, params = {} }: Call): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) query.append(name, String(each));
    }
  }
  return query.size === 0 ? url : `${url}?${query.toString()}`;
}

function headersOf({ headers = {} }: Call, isForm: boolean): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  // fetch writes the boundary of a form itself.
  return { ...Object.fromEntries(kept), ...(isForm ? {} : { 'Content-Type': 'application/json; charset=utf-8' }) };
}

function bodyOf({ method, data }: Call, isForm: boolean): string | FormData | null {
  if (method.toUpperCase() === 'GET' || data === undefined) return null;
  if (!isForm) return JSON.stringify(data);
  const form = new FormData();
  for (const [name, value] of Object.entries(data ?? {})) {
    // Without a name of its own a part counts as a field and the upload is refused.
    if (value instanceof File) form.append(name, value, value.name);
    else form.append(name, String(value));
  }
  return form;
}

async function readAnswer(call: Call, response: Response): Promise<unknown> {
  const answer = { ...call, status: response.status, logId: response.headers.get('x-tt-logid') };
  const body = parseObject(await readText(call, response));
  if (body === null) throw FeishuApiError.unreadable(answer);
  const code = typeof body['code'] === 'number' ? body['code'] : null;
  if (code === 0 && response.ok) return body;
  if (code === null || code === 0) throw FeishuApiError.unreadable(answer);
  const msg = typeof body['msg'] === 'string' ? body['msg'] : '';
  const reset = Number(response.headers.get(resetHeader) ?? Number.NaN);
  throw FeishuApiError.refused({
    ...answer,
    code,
    msg,
    resetMs: Number.isFinite(reset) && reset >= 0 ? reset * 1000 : null,
    logId: answer.logId ?? logIdOf(body),
  });
}

/** The text of an answer up to the limit; what is longer is not read to its end. */
async function readText(call: Call, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > longestAnswer) throw FeishuApiError.unreadable({ ...call, status: response.status, logId: null });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function logIdOf({ error }: Record<string, unknown>): string | null {
  const found = typeof error === 'object' && error !== null && 'log_id' in error ? error.log_id : null;
  return typeof found === 'string' ? found : null;
}
