import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { App } from './app.ts';
import type { Time } from './time.ts';
import { answerWithinMs, type Outcome, type Parcel, type Transport } from './transport.ts';

const verifiedWithinMs = 1000;

interface Posting {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Events and taps as HTTP posts to the address that stands in the app's console. */
export class WebhookSender implements Transport {
  readonly name = 'webhook';
  readonly #app: App;
  readonly #time: Time;
  /** What was sent, by event: sent again, it is the same bytes with the same time and signature. */
  readonly #postings = new Map<string, Posting>();
  url: string | null = null;

  constructor(app: App, time: Time) {
    this.#app = app;
    this.#time = time;
  }

  deliver({ eventId, envelope }: Parcel): Promise<Outcome> {
    const posting = this.#postings.get(eventId) ?? this.#seal(envelope);
    this.#postings.set(eventId, posting);
    return this.#post(posting, answerWithinMs);
  }

  /** What the console does when the address is saved: no signature, and the challenge must come back. */
  async verify(challenge: string, token = this.#app.verificationToken): Promise<boolean> {
    const { body, headers } = this.#pack({ challenge, token, type: 'url_verification' });
    const outcome = await this.#post({ body, headers }, verifiedWithinMs);
    return outcome.result === 'answered' && (outcome.body as { challenge?: unknown } | null)?.challenge === challenge;
  }

  #seal(envelope: object): Posting {
    const { body, headers } = this.#pack(envelope);
    if (this.#app.encryptKey === null) return { body, headers };
    const timestamp = String(Math.floor(this.#time.now() / 1000));
    const nonce = randomBytes(8).toString('hex');
    return {
      body,
      headers: {
        ...headers,
        'X-Lark-Request-Timestamp': timestamp,
        'X-Lark-Request-Nonce': nonce,
        'X-Lark-Signature': sha256(timestamp + nonce + this.#app.encryptKey + body).toString('hex'),
      },
    };
  }

  #pack(content: object): Posting {
    const plain = JSON.stringify(content);
    const { encryptKey } = this.#app;
    return {
      body: encryptKey === null ? plain : JSON.stringify({ encrypt: encrypt(encryptKey, plain) }),
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Go-http-client/1.1' },
    };
  }

  async #post({ body, headers }: Posting, withinMs: number): Promise<Outcome> {
    if (this.url === null) return { result: 'not connected' };
    const patience = new AbortController();
    const forget = this.#time.after(withinMs, () => patience.abort());
    try {
      const answer = await fetch(this.url, {
        method: 'POST',
        body,
        headers: { ...headers },
        redirect: 'manual',
        signal: patience.signal,
      });
      const text = await answer.text();
      return answer.status === 200 ? readBody(text) : { result: 'refused', status: answer.status };
    } catch (error) {
      if (patience.signal.aborted) return { result: 'no answer' };
      const { code } = ((error as Error).cause ?? {}) as { code?: string };
      return { result: code === 'ENOTFOUND' ? 'unknown host' : 'unreachable' };
    } finally {
      forget();
    }
  }
}

function readBody(text: string): Outcome {
  if (text === '') return { result: 'answered', body: undefined };
  try {
    return { result: 'answered', body: JSON.parse(text) };
  } catch {
    return { result: 'unreadable' };
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

function encrypt(key: string, plain: string): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', sha256(key), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}
