import { hash } from 'node:crypto';
import { feishuTexts as texts } from '../../texts/feishu.ts';
import type { SendOutcome } from '../messenger.ts';
import type { FeishuApiError } from './api-error.ts';
import { tokenPath } from './token.ts';

type Failure = Extract<SendOutcome, { ok: false }>;

/** The sentences and whether trying again helps; `afterMs` is the least pause, the queue makes it longer each time. */
type Verdict = { readonly retry: boolean; readonly afterMs: number; readonly reason: string };

/** Gateway, and the old names of the same. */
const rateLimits = new Set([99_991_400, 11_232, 11_233]);
/** 5 a second to one person, or to one group from all its bots. */
const targetRateLimit = 230_020;
/** The same message is on its way already. */
const beingSent = 230_049;
const addressNotAllowed = 99_991_401;

const leastPauseMs = 1000;
const jitterMs = 1000;
/** Until somebody has corrected the configuration; the queue's window of an hour bounds the tries. */
const repairMs = 60_000;
const longestResetMs = 300_000;

/** What a fault means for the message: try again with the same key, or never, in words. `random` is below 1. */
export function outcomeOf(error: FeishuApiError, random: () => number): Failure {
  const { retry, afterMs, reason } = judge(error, () => Math.round(random() * jitterMs));
  return retry ? { ok: false, retry, afterMs, reason } : { ok: false, retry: false, reason };
}

/** Why a call failed, in a sentence without its full stop. */
export const reasonOf = (error: FeishuApiError): string => judge(error, () => 0).reason;

function judge({ fault, code, status, msg, resetMs, path }: FeishuApiError, jitter: () => number): Verdict {
  const later = (reason: string, afterMs = 0): Verdict => ({ retry: true, afterMs, reason });
  if (fault === 'unreachable') return later(texts.unreachable);
  if (fault === 'unanswered') return later(texts.unanswered);
  const isTheirs = status !== null && status >= 500;
  if (code === null) return later(isTheirs ? texts.failing(status) : texts.unreadable(status));
  if (status === 429 || rateLimits.has(code)) {
    return later(texts.busy(code), Math.min(resetMs ?? leastPauseMs, longestResetMs) + jitter());
  }
  if (code === targetRateLimit || code === beingSent) return later(texts.busy(code), leastPauseMs + jitter());
  if (isTheirs) return later(texts.failing(status));
  if (path === tokenPath) return later(texts.credentials(code), repairMs);
  if (code === addressNotAllowed) return later(texts.addressNotAllowed(code), repairMs);
  return { retry: false, afterMs: 0, reason: texts.refused(code, msg) };
}

/**
 * The platform's idempotency key of one part of a message: at most 50 characters, the same for every try, another one
 * for every part.
 */
export const uuidOf = (key: string, part: number): string => hash('sha256', `${part}:${key}`).slice(0, 40);
