import { DocumentError } from '../documents/document-error.ts';
import { loadBytes } from '../documents/workbook.ts';
import { decodeUtf8, parseJson, RequestError } from '../http/body.ts';
import { DecryptionError, decrypt } from '../messenger/feishu/crypto.ts';
import { replayTexts as texts } from '../texts/replay.ts';

/**
 * The event that a file holds, as the platform posts it or as it is when it has been decrypted.
 * @throws DocumentError saying what is wrong, with an example
 */
export async function loadEvent(file: string, encryptKey: string | null): Promise<unknown> {
  const payload = parse(file, decode(file, await loadBytes(file)));
  const encrypted = fieldOf(payload, 'encrypt');
  const event = typeof encrypted === 'string' ? parse(file, open(encrypted, encryptKey)) : payload;
  if (fieldOf(event, 'type') === 'url_verification') throw new DocumentError(texts.verification);
  return event;
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function decode(file: string, bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (error instanceof RequestError) throw new DocumentError(texts.notUtf8(file), { cause: error });
    throw error;
  }
}

function parse(file: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new DocumentError(explain(file, text), { cause: error });
  }
}

/** Why a text is not taken as JSON, and where. */
function explain(file: string, text: string): string {
  try {
    JSON.parse(text);
    return texts.tooDeep(file);
  } catch (error) {
    const [, line, column] = /line (\d+) column (\d+)/.exec(String(error)) ?? [];
    return texts.notJson(file, line === undefined || column === undefined ? null : texts.place(line, column));
  }
}

function open(encrypted: string, key: string | null): string {
  if (key === null) throw new DocumentError(texts.noKey);
  try {
    return decrypt(key, encrypted);
  } catch (error) {
    if (error instanceof DecryptionError) throw new DocumentError(texts.wrongKey, { cause: error });
    throw error;
  }
}
