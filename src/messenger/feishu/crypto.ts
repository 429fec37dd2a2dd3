import { createDecipheriv, createHash, hash, timingSafeEqual } from 'node:crypto';

/**
 * What came in is no text encrypted with our key. `form`: it cannot be one, whatever the key (not base64, no whole
 * blocks), which anybody can see; `content`: it does not decrypt to a text, which only the holder of the key may learn.
 */
export class DecryptionError extends Error {
  readonly fault: 'form' | 'content';
  constructor(fault: 'form' | 'content', options?: ErrorOptions) {
    super(`cannot be decrypted: ${fault}`, options);
    this.name = 'DecryptionError';
    this.fault = fault;
  }
}

const blockBytes = 16;
const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * The text inside `encrypt`: base64 of a 16-byte vector and AES-256-CBC blocks under the SHA-256 of the Encrypt Key. What
 * is no padding stays at its end, where whoever reads the JSON stumbles over it like over anything else: a refusal of its
 * own would show in the time it takes, and by a thousand of them the text could be found out byte by byte.
 * @throws DecryptionError
 */
export function decrypt(encryptKey: string, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  const isWhole = bytes.length >= 2 * blockBytes && bytes.length % blockBytes === 0;
  if (!isWhole || bytes.toString('base64') !== encrypted) throw new DecryptionError('form');
  try {
    const decipher = createDecipheriv('aes-256-cbc', sha256(encryptKey), bytes.subarray(0, blockBytes));
    const padded = decipher.setAutoPadding(false).update(bytes.subarray(blockBytes));
    const padding = padded.at(-1) ?? 0;
    const isPadded =
      padding > 0 && padding <= blockBytes && padded.subarray(-padding).every((byte) => byte === padding);
    return strict.decode(isPadded ? padded.subarray(0, -padding) : padded);
  } catch (error) {
    throw new DecryptionError('content', { cause: error });
  }
}

/** What `X-Lark-Signature` must say: it covers the bytes as they came, not the JSON that they hold. */
export const sign = (encryptKey: string, timestamp: string, nonce: string, rawBody: Uint8Array): string =>
  createHash('sha256')
    .update(timestamp + nonce + encryptKey)
    .update(rawBody)
    .digest('hex');

/** Compares without telling by its time how much of a secret was right. */
export const isSame = (secret: string, given: string): boolean => timingSafeEqual(sha256(secret), sha256(given));

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');
