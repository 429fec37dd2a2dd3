import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import { type Answer, invalidField } from './answers.ts';

/** A call of the open platform, with what stood in its path. */
export interface ApiCall {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly raw: Buffer;
  path(name: string): string;
}

export interface Route {
  readonly method: string;
  readonly pattern: string;
  /** One of these must have been granted; none: always allowed. */
  readonly scopes: readonly string[];
  readonly answer: (call: ApiCall) => Answer | Promise<Answer>;
}

export const route = (method: string, pattern: string, scopes: readonly string[], answer: Route['answer']): Route => ({
  method,
  pattern,
  scopes,
  answer,
});

/** What stands at the places of `pattern` that begin with a colon; null: another path. */
export function matchPath(pattern: string, path: string): ReadonlyMap<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return null;
  const found = new Map<string, string>();
  for (const [i, part] of wanted.entries()) {
    const there = given[i] ?? '';
    if (part.startsWith(':') && there !== '') found.set(part.slice(1), decodeURIComponent(there));
    else if (part !== there) return null;
  }
  return found;
}

/** The JSON of a call. @throws Refusal 99992402 that names the field */
export function bodyAs<T>(schema: z.ZodType<T>, call: ApiCall): T {
  const read = schema.safeParse(parseBody(call.raw));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw invalidField(issue?.path.join('.') ?? '', issue?.message ?? '');
}

export function parseBody(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
