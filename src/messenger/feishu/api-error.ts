/**
 * Why a call had no success.
 * `refused`: the platform's own code · `unreadable`: an answer, but not the platform's (a proxy's page, broken JSON) ·
 * `unreachable`: nothing has left the house · `unanswered`: no answer in time, or the line broke
 */
type Fault = 'refused' | 'unreadable' | 'unreachable' | 'unanswered';

interface Where {
  readonly method: string;
  readonly url: string;
}

interface Answer extends Where {
  readonly status: number;
  readonly logId: string | null;
}

interface Refusal extends Answer {
  readonly code: number;
  readonly msg: string;
  /** Milliseconds until the rate limit is lifted, where the platform says so. */
  readonly resetMs: number | null;
}

/** Failures of the line before a request was sent. */
const unsent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A call to the platform that had no success. `message` names the call and the code, never what was sent. */
export class FeishuApiError extends Error {
  readonly fault: Fault;
  /** The path, its ids left out. */
  readonly path: string;
  /** The platform's; null when it did not answer in its own words. */
  readonly code: number | null;
  /** HTTP; null without an answer. */
  readonly status: number | null;
  readonly msg: string;
  readonly resetMs: number | null;
  /** What the platform's support asks for. */
  readonly logId: string | null;

  private constructor(fault: Fault, where: Where, answer: Partial<Refusal>, cause?: unknown) {
    const path = pathOf(where.url);
    const { code = null, status = null, msg = '', resetMs = null, logId = null } = answer;
    super(`${where.method.toUpperCase()} ${path}: ${fault}, code ${code}, status ${status}`, { cause });
    this.name = 'FeishuApiError';
    this.fault = fault;
    this.path = path;
    this.code = code;
    this.status = status;
    this.msg = msg.slice(0, longestMsg);
    this.resetMs = resetMs;
    this.logId = logId;
  }

  static refused(refusal: Refusal): FeishuApiError {
    return new FeishuApiError('refused', refusal, refusal);
  }

  static unreadable(answer: Answer): FeishuApiError {
    return new FeishuApiError('unreadable', answer, { status: answer.status, logId: answer.logId });
  }

  static unanswered(where: Where, cause: unknown): FeishuApiError {
    const deepest = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
    const code = typeof deepest === 'object' && deepest !== null && 'code' in deepest ? String(deepest.code) : '';
    return new FeishuApiError(unsent.has(code) ? 'unreachable' : 'unanswered', where, {}, cause);
  }

  /** Whether the platform may have done what was asked all the same. */
  get mayHaveArrived(): boolean {
    return this.fault === 'unanswered' || this.fault === 'unreadable' || (this.status ?? 0) >= 500;
  }
}

const longestMsg = 200;

/** `/open-apis/im/v1/messages/:id/urgent_app`: the same for every message and person. */
const pathOf = (url: string): string =>
  (URL.canParse(url) ? new URL(url).pathname : url)
    .split('/')
    .map((part) => (/^(?:om|oc|ou|od|on|file|img)[_-]/.test(part) ? ':id' : part))
    .join('/');
