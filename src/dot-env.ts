import { parseEnv } from 'node:util';
import { countSlips } from './bot/text/nearest.ts';
import { dotEnvTexts as texts } from './texts/dot-env.ts';

/** Every setting that 学时簿 reads; other names in the file are for the programs that it stands on. */
export const settingNames = [
  'HOST',
  'PORT',
  'MESSENGER',
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_ADMIN_URL',
  'INSTITUTION',
  'POLICY_DIR',
  'FEISHU_APP_ID',
  'FEISHU_APP_SECRET',
  'FEISHU_TRANSPORT',
  'FEISHU_ENCRYPT_KEY',
  'FEISHU_VERIFICATION_TOKEN',
  'FEISHU_DOMAIN',
  'FEISHU_BULLETIN_CHATS',
  'DINGTALK_CLIENT_ID',
  'DINGTALK_CLIENT_SECRET',
  'DINGTALK_ROBOT_CODE',
  'DINGTALK_API',
  'ADMINS',
  'LOG_LEVEL',
  'PUBLIC_URL',
] as const;

/**
 * What a `.env` file says, and one sentence for each line that would be passed over in silence or taken for something
 * else: people write it by hand, with an editor and an input method of their own. A line is named by its number alone,
 * because it may hold the secret.
 */
export function readDotEnv(bytes: Uint8Array): { readonly values: NodeJS.Dict<string>; readonly faults: string[] } {
  if (bytes.includes(0)) return { values: {}, faults: [texts.otherEncoding] };
  const text = new TextDecoder().decode(bytes).replaceAll(/\r\n?/g, '\n');
  const seen = new Map<string, number>();
  const faults = text.split('\n').flatMap((line, i) => faultOf(line, i + 1, seen) ?? []);
  return { values: parseEnv(text), faults };
}

function faultOf(line: string, n: number, seen: Map<string, number>): string | null {
  if (line.trim() === '' || line.trimStart().startsWith('#')) return null;
  if (line.includes('\uFFFD')) return texts.notUtf8(n);
  const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  if (name === undefined || value === undefined) {
    return /^[^=]*＝/.test(line) ? texts.fullWidthEquals(n) : texts.unreadable(n);
  }
  const meant = nearest(name);
  if (meant !== null) return texts.misspelt(n, name, meant);
  const before = seen.get(name);
  seen.set(name, n);
  if (before !== undefined) return texts.twice(name, before, n);
  if (/^[“”‘’「『＂＇]|[“”‘’」』＂＇]$/.test(value)) return texts.fullWidthQuotes(n, name);
  const [quote = ''] = /^["'`]/.exec(value) ?? [];
  return quote !== '' && !value.slice(1).includes(quote) ? texts.unclosedQuote(n, name, quote) : null;
}

/** The setting that a name of no setting is one or two letters away from. */
function nearest(name: string): string | null {
  const written = name.toUpperCase();
  if (settingNames.some((known) => known === name)) return null;
  return settingNames.find((known) => countSlips(written, known) <= (known.length < 6 ? 1 : 2)) ?? null;
}
