import { dayOf, type Instant, timeOf } from '../../domain/day.ts';
import { feishuTexts as texts } from '../../texts/feishu.ts';
import type { FeishuApiError } from './api-error.ts';
import type { LongConnectionParts } from './long-connection.ts';
import { outcomeOf } from './outcome.ts';
import { tokenPath } from './token.ts';

/** How a line, or the try to open one, has ended. */
export type End =
  | { readonly type: 'lost'; readonly reason: string; readonly wasUpMs: number }
  | { readonly type: 'refused'; readonly reason: string };

/** How the long connection is. */
export type State =
  | { readonly type: 'off' }
  | { readonly type: 'up' }
  | { readonly type: 'connecting' }
  | { readonly type: 'refused'; readonly reason: string }
  | {
      readonly type: 'lost';
      readonly since: Instant;
      readonly reason: string;
      readonly isAlarming: boolean;
      /** Or it has never been up. */
      readonly wasUp: boolean;
    };

/** Busy, internal error, and busy under another number. */
const passing = new Set([1, 1_000_040_343, 1_000_040_345]);
const forbidden = 403;
const wrongCredentials = new Set([514, 10_014]);
const tooMany = 1_000_040_350;

/** Tells the operator of what has changed, once. */
export function report(
  previous: State,
  next: State,
  { log, tell }: Required<Pick<LongConnectionParts, 'log' | 'tell'>>,
): void {
  if (next.type === 'up') {
    log.info({}, 'feishu connected');
    tell('up');
  }
  if (next.type === 'refused' && (previous.type !== 'refused' || previous.reason !== next.reason)) {
    log.error({ reason: next.reason }, 'feishu refuses the connection');
    tell('refused');
  }
  if (next.type !== 'lost') return;
  if (previous.type !== 'lost') {
    log.warn({ reason: next.reason }, 'feishu connection lost');
    tell('lost');
  } else if (next.isAlarming && !previous.isAlarming) {
    log.error({ since: next.since, reason: next.reason }, 'feishu has been away for long');
  }
}

/** What a failed call means for the connection: whether it passes by itself or somebody has to put something right. */
export function endOf(fault: FeishuApiError): End {
  const { code, msg, path } = fault;
  const { retry, reason } = outcomeOf(fault, () => 0);
  if (code !== null && passing.has(code)) return { type: 'lost', reason: texts.connectionBusy(code), wasUpMs: 0 };
  if (code !== null && (path === tokenPath || wrongCredentials.has(code))) {
    return { type: 'refused', reason: texts.sentence(texts.credentials(code)) };
  }
  if (code === null || retry) return { type: 'lost', reason, wasUpMs: 0 };
  if (code === forbidden) return { type: 'refused', reason: texts.sentence(texts.connectionForbidden(code)) };
  if (code === tooMany) return { type: 'refused', reason: texts.sentence(texts.tooManyConnections(code)) };
  return { type: 'refused', reason: texts.sentence(texts.connectionRefused(code, msg)) };
}

export function sentenceOf(state: Exclude<State, { type: 'up' }>): string {
  switch (state.type) {
    case 'off':
      return texts.notStarted;
    case 'connecting':
      return texts.connecting;
    case 'refused':
      return state.reason;
    case 'lost':
      return state.wasUp
        ? texts.lostSince(`${dayOf(state.since)} ${timeOf(state.since)}`, state.reason)
        : texts.notYetUp(state.reason);
  }
}
