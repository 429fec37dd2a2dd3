import { piecesOf } from './divide.ts';
import { bytesOf } from './element.ts';

/** Bytes of the JSON of a text message; the platform takes 150 KB of the whole request, in which it is quoted once more. */
export const longestText = 120_000;

/** A text as the JSON of one or more text messages, cut at the ends of lines. */
export function textContents(text: string): string[] {
  const pages: string[][] = [[]];
  let room = longestText - bytesOf(contentOf(''));
  for (const piece of piecesOf(literally(text))) {
    const bytes = bytesOf(JSON.stringify(piece)) - quotes;
    if (bytes > room) {
      pages.push([]);
      room = longestText - bytesOf(contentOf(''));
    }
    pages.at(-1)?.push(piece);
    room -= bytes;
  }
  const texts = pages.map((pieces) => pieces.join('').replace(/\n$/, ''));
  return texts.filter((page, i) => i === 0 || page !== '').map(contentOf);
}

const quotes = 2;

const contentOf = (text: string): string => JSON.stringify({ text });

/**
 * A text message mentions people with `<at …>`, styles with `<b>` and links with `[words](address)`, and knows no way
 * to write these signs themselves: an invisible space inside them leaves them as they were written.
 */
const literally = (text: string): string =>
  text
    .replace(/<(?=[a-zA-Z/!])/g, '<\u200b')
    .replace(/\](?=\()/g, ']\u200b')
    .replace(/@(?=_)/g, '@\u200b');
