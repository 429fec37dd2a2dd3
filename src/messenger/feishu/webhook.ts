import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { decodeUtf8, parseJson, RequestError } from '../../http/body.ts';
import { feishuEventTexts as texts } from '../../texts/feishu-events.ts';
import { DecryptionError, decrypt, isSame, sign } from './crypto.ts';
import { cardAction, FeishuEventError, millisecondsOf, readEnvelope, timeSchema } from './envelope.ts';
import { toast } from './events.ts';
import type { FeishuSettings } from './settings.ts';

export interface WebhookParts {
  readonly settings: Pick<FeishuSettings, 'appId' | 'encryptKey' | 'verificationToken'>;
  /** Rejects when nothing could be made durable. */
  readonly receive: (payload: unknown) => Promise<object>;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

export interface WebhookRequest {
  readonly headers: IncomingHttpHeaders;
  /** The bytes as they came: the signature covers them. */
  readonly body: Buffer;
}

export interface WebhookAnswer {
  readonly status: number;
  /** An object goes out as JSON, a sentence as text. */
  readonly body: object | string;
}

export type Webhook = (request: WebhookRequest) => Promise<WebhookAnswer>;

/**
 * How long a signature stays good. An event is tried again for up to 7.1 hours, with the time and the signature of its
 * first try; a tap is never tried again. The platform's clock may run a little ahead of ours.
 */
const goodFor = { eventMs: 8 * 3_600_000, tapMs: 10 * 60_000, aheadMs: 10 * 60_000 };

/** Bytes of what may come without a signature: the first call to a new address has some two hundred. */
const longestUnsigned = 16_384;

/**
 * Takes what the platform posts: proves that it comes from there and is fresh, opens it and hands it on. Answers by the
 * contract's table and never rejects; what is refused is told in the log with its reason, without a word of it.
 * @throws RangeError without both secrets
 */
export function createWebhook({ settings, receive, clock, log }: WebhookParts): Webhook {
  const open = createOpener(settings, clock);

  async function handOn({ payload, isTap }: Opened): Promise<WebhookAnswer> {
    try {
      return { status: 200, body: await receive(payload) };
    } catch (error) {
      if (error instanceof FeishuEventError) throw error;
      log.error({ err: error }, 'event not taken');
      // A tap is not delivered again, and its button must not stay dead.
      return isTap
        ? { status: 200, body: toast('error', texts.notKept) }
        : { status: 503, body: texts.refused.unavailable };
    }
  }

  return async (request) => {
    try {
      const opened = open(request);
      return 'challenge' in opened ? { status: 200, body: opened } : await handOn(opened);
    } catch (error) {
      const { status, reason } = explain(error);
      log.warn({ status, reason, advice: texts.advice[reason] ?? texts.strange }, 'webhook request refused');
      return { status, body: status === 401 ? texts.refused.signature : texts.refused.form };
    }
  };
}

interface Opened {
  readonly payload: unknown;
  readonly isTap: boolean;
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: 400 | 401, reason: string) {
    super(reason);
    this.status = status;
  }
}

function explain(error: unknown): { status: number; reason: string } {
  if (error instanceof Refusal) return { status: error.status, reason: error.message };
  if (error instanceof FeishuEventError) return { status: error.fault === 'app' ? 401 : 400, reason: error.message };
  if (error instanceof RequestError) return { status: error.status, reason: 'no JSON' };
  throw error;
}

const verificationType = 'url_verification';
const outerSchema = z.union([
  z.looseObject({ encrypt: z.string() }),
  z.looseObject({ type: z.literal(verificationType) }),
  // An event in the open: refused, but first for its signature.
  z.looseObject({ header: z.looseObject({}) }),
  z.looseObject({ event: z.looseObject({}) }),
]);
const verificationSchema = z.looseObject({ challenge: z.string().nullable().catch(null), token: z.string().catch('') });

/** @throws RangeError without both secrets */
function createOpener({ appId, encryptKey: key, verificationToken }: WebhookParts['settings'], clock: Clock) {
  if (key === null || verificationToken === null) throw new RangeError('the webhook needs both of its secrets');

  /** How old a signed request is, in milliseconds. @throws Refusal when it is not the platform's, or stale */
  const ageOf = ({ headers, body }: WebhookRequest): number => {
    const [timestamp, nonce, signature] = signatureHeaders.map((name) => headers[name]?.toString());
    if (timestamp === undefined || nonce === undefined || signature === undefined)
      throw new Refusal(401, 'no signature');
    if (!isSame(sign(key, timestamp, nonce, body), signature)) throw new Refusal(401, 'wrong signature');
    if (!timeSchema.safeParse(timestamp).success) throw new Refusal(401, 'no time');
    const age = Date.parse(clock.now()) - millisecondsOf(timestamp);
    if (age > goodFor.eventMs || age < -goodFor.aheadMs) throw new Refusal(401, 'stale');
    return age;
  };

  const openEncrypted = (encrypted: string, isSigned: boolean): unknown => {
    try {
      return parseJson(decrypt(key, encrypted));
    } catch (error) {
      // Whoever cannot sign must not learn which bytes decrypt: padding by padding, the whole text could be found out.
      const isSecret = !(error instanceof DecryptionError) || error.fault === 'content';
      throw isSecret && !isSigned ? new Refusal(401, 'no signature') : new Refusal(400, 'not decryptable');
    }
  };

  /** @throws Refusal, RequestError, FeishuEventError */
  return (request: WebhookRequest): Opened | { readonly challenge: string } => {
    // A long text costs more to read than to send: it is read only for whoever can sign.
    const age = signatureHeaders.some((name) => request.headers[name] !== undefined) ? ageOf(request) : null;
    if (age === null && request.body.length > longestUnsigned) throw new Refusal(400, 'long and unsigned');
    const outer = outerSchema.safeParse(parseJson(decodeUtf8(request.body)));
    if (!outer.success) throw new Refusal(400, 'unknown shape');
    const encrypted = typeof outer.data['encrypt'] === 'string' ? outer.data['encrypt'] : null;
    const payload = encrypted === null ? outer.data : openEncrypted(encrypted, age !== null);
    if (isVerification(payload)) {
      const { challenge, token } = verificationSchema.parse(payload);
      if (!isSame(verificationToken, token)) throw new Refusal(401, 'wrong token');
      if (challenge === null) throw new Refusal(400, 'unknown shape');
      return { challenge };
    }
    if (age === null) throw new Refusal(401, 'no signature');
    if (encrypted === null) throw new Refusal(400, 'not encrypted');
    const { header } = readEnvelope(payload);
    if (!isSame(verificationToken, header.token ?? '')) throw new Refusal(401, 'wrong token');
    if (header.app_id !== appId) throw new Refusal(401, 'wrong app');
    const isTap = header.event_type === cardAction;
    if (isTap && age > goodFor.tapMs) throw new Refusal(401, 'stale tap');
    return { payload, isTap };
  };
}

const signatureHeaders = ['x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature'];

/** The platform's first call to a new address, the only one that comes unsigned. */
const isVerification = (payload: unknown): payload is object =>
  typeof payload === 'object' && payload !== null && 'type' in payload && payload.type === verificationType;
