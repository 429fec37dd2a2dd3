import { feishuEventTexts as texts } from '../../texts/feishu-events.ts';

/**
 * The name of a file as people wrote it, which some clients send encoded: the last part of its path, without what file
 * systems and eyes are misled by; its extension survives a cut.
 */
export function readFileName(given: string): string {
  const name = (readMojibake(readPercents(given)).split(/[\\/]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/["<>|:*?]/g, '_')
    .trim();
  if (/^\.*$/.test(name)) return texts.file;
  if (name.length <= longestName) return name;
  const ending = /\.\w{1,8}$/.exec(name)?.[0] ?? '';
  return name.slice(0, longestName - ending.length).replace(/\p{Surrogate}$/u, '') + ending;
}

const longestName = 120;

function readPercents(name: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(name)) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** UTF-8 that somebody on its way has taken for Latin-1, a character for each byte. */
function readMojibake(name: string): string {
  const bytes = Buffer.from(name, 'latin1');
  if (bytes.toString('latin1') !== name) return name;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return name;
  }
}
