import { piecesOf } from './divide.ts';
import { bytesOf } from './element.ts';

/** Bytes of the JSON of a text message; the platform takes 150 KB of the whole request, in which it is quoted once more. */
export const longestText = 120_000;

/** A text as the JSON of one or more text messages, cut at the ends of lines. */
export function textContents(text: string): string[] {
  const contents: string[] = [];
  let page = '';
  for (const piece of piecesOf(text)) {
    if (page !== '' && bytesOf(contentOf(page + piece)) > longestText) {
      contents.push(contentOf(page));
      page = piece;
    } else page += piece;
  }
  return [...contents, contentOf(page)];
}

const contentOf = (text: string): string => JSON.stringify({ text: literally(text.replace(/\n$/, '')) });

/**
 * A text message mentions people with `<at …>`, styles with `<b>` and links with `[words](address)`, and knows no way
 * to write these signs themselves: an invisible space inside them leaves them as they were written.
 */
const literally = (text: string): string =>
  text
    .replace(/<(?=[a-zA-Z/!])/g, '<\u200b')
    .replace(/\](?=\()/g, ']\u200b')
    .replace(/@(?=_)/g, '@\u200b');
