/** A stretch of text as a reader of Feishu's Markdown sees it, or the end of a line. */
export type Run = { readonly text: string; readonly bold: boolean; readonly colour: string | null } | 'break';

/**
 * What a reader sees of Markdown in which nothing but line breaks, colours and bold is meant to be markup, and every
 * other sign stands as an entity. @throws Error where CommonMark, an emoticon or a tag would make something else of it
 */
export function readMarkdown(source: string): Run[] {
  const runs: Run[] = [];
  const colours: string[] = [];
  let bold = false;
  let at = 0;
  const refuse = (what: string): never => {
    throw new Error(`${what} at ${at} of ${JSON.stringify(source)}`);
  };
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = new RegExp(pattern.source, 'uy');
    found.lastIndex = at;
    return found.exec(source);
  };
  const say = (text: string): void => {
    const colour = colours.at(-1) ?? null;
    const last = runs.at(-1);
    if (last !== undefined && last !== 'break' && last.bold === bold && last.colour === colour) {
      runs[runs.length - 1] = { ...last, text: last.text + text };
    } else runs.push({ text, bold, colour });
  };
  while (at < source.length) {
    const atStart = at === 0 || source.slice(0, at).endsWith('<br>');
    if (atStart && take(/[ \t]|[-+=]|\d+[.)]/) !== null) refuse('a list, a heading or code');
    const tag = take(/<br>|<font color='(\w+)'>|<\/font>|\*\*|&#(\d+);/);
    if (tag === null) {
      if (take(/:[A-Za-z][\w]*:|https?:\/\//) !== null) refuse('an emoticon or a link');
      const sign = take(/[^&<>*_~`[\]()#|\\$\n\r]/)?.[0] ?? refuse('markup');
      if (/[ \t]/.test(sign) && /[ \t]/.test(source[at + 1] ?? '')) refuse('spaces that are folded');
      say(sign);
      at += sign.length;
      continue;
    }
    const [whole, colour, code] = tag;
    if (whole === '<br>') runs.push('break');
    else if (whole === '</font>') {
      if (colours.pop() === undefined) refuse('a tag that was never opened');
    } else if (whole === '**') {
      if (!(bold ? mayClose(source, at) : mayOpen(source, at))) refuse('a mark that is none');
      bold = !bold;
    } else if (colour !== undefined) colours.push(colour);
    else say(String.fromCodePoint(Number(code)));
    at += whole.length;
  }
  if (bold || colours.length > 0) refuse('something left open');
  return runs;
}

/** The text alone. */
export const seenIn = (source: string): string =>
  readMarkdown(source)
    .map((run) => (run === 'break' ? '\n' : run.text))
    .join('');

/** CommonMark's left-flanking and right-flanking, in the editions before and since 0.31. */
const punctuations = [/[\p{P}!-/:-@[-`{-~]/u, /[\p{P}\p{S}]/u];
const isSpace = (sign: string): boolean => sign === '' || /\s/u.test(sign);
const before = (source: string, at: number): string => Array.from(source.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
const after = (source: string, at: number): string => Array.from(source.slice(at + 2, at + 4)).at(0) ?? '';
const flanks = (inner: string, outer: string): boolean =>
  punctuations.every((mark) => !isSpace(inner) && (!mark.test(inner) || isSpace(outer) || mark.test(outer)));
const mayOpen = (source: string, at: number): boolean => flanks(after(source, at), before(source, at));
const mayClose = (source: string, at: number): boolean => flanks(before(source, at), after(source, at));
