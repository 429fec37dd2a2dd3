import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloured, markdownOf, plain } from '../../../../src/messenger/feishu/card/markdown.ts';
import { readMarkdown, seenIn } from '../../../support/feishu-markdown.ts';

/** Pieces of which markup is made, and what stands around it. */
const marks =
  '** * *** _ __ ~~ ` ``` [ ] ( ) ]( < > </ # & &#42; &lt; | --- - + = 1. 2) $ \\ ! :OK: : <br> <font color=red> [链接](https://a.cn) ![图](img_1) https://a.cn a@b.cn';
const words = '学时 已认定 （ ） 。 ， “ ” 《 》 3 70% a 😀 𠮷';
const signs = [
  ...marks.split(' '),
  ...words.split(' '),
  '<at id=all></at>',
  '\n',
  '\n\n',
  '\r\n',
  ' ',
  '  ',
  '    ',
  '\t',
  '　',
  '\u2028',
  '\0',
  '\ud800',
];
const texts = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...signs) }, fc.string()), { maxLength: 12 });

/** Our text as its reader should see it: without the marks of bold, and without what no screen shows. */
const asMeant = (text: string): string =>
  text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\*\*([^*]+)\*\*/g, '$1');
const spaces = (text: string): string => text.replace(/[ \t\u00a0]/g, ' ');

describe('our texts as Feishu’s Markdown', () => {
  it('are seen as they were written, whatever people write in them', () => {
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('');
        expect(spaces(seenIn(markdownOf(text)))).toBe(spaces(asMeant(text)));
        expect(spaces(seenIn(coloured(text, 'grey')))).toBe(spaces(asMeant(text)));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['a mention of all', '<at id=all></at>', '&#60;at id=all&#62;&#60;/at&#62;'],
    ['a link', '[请点](https://a.cn)', '&#91;请点&#93;&#40;https&#58;//a.cn&#41;'],
    ['a list', '- 一\n1. 二\n+ 三', '&#45; 一<br>1&#46; 二<br>&#43; 三'],
    ['a heading, a quotation, a line', '# 一\n> 二\n---', '&#35; 一<br>&#62; 二<br>&#45;--'],
    ['a table', '|a|b|\n|-|-|', '&#124;a&#124;b&#124;<br>&#124;-&#124;-&#124;'],
    ['an emoticon', '10:30 :OK:', '10:30 &#58;OK:'],
    ['code', '    缩进', '&#160;&#160;&#160;&#160;缩进'],
    ['an address', 'a@b.cn', 'a&#64;b.cn'],
    ['an entity', '&#42;', '&#38;&#35;42;'],
    ['dates and times', '2026-11-20 09:00 至 11:30', '2026-11-20 09:00 至 11:30'],
  ])('keep %s a text', (_, text, markdown) => {
    expect(markdownOf(text)).toBe(markdown);
  });

  it.each([
    ['between letters', '已认定**3**学时', '已认定**3**学时'],
    ['before a bracket, where CommonMark sees no mark', '已认定**（3 学时）**。', '已认&#23450;**（3 学时）**。'],
    [
      'after a full stop, where CommonMark sees no mark',
      '**将催办 2 人。**立即发送',
      '**将催办 2 人。**&#31435;即发送',
    ],
    ['with spaces inside the marks', '共** 3 **人', '共 **3** 人'],
    ['twice in a row', '**甲****乙**', '**甲乙**'],
    ['over two lines', '**甲\n乙**', '**甲<br>乙**'],
    ['not when it is never closed', '**甲', '&#42;&#42;甲'],
  ])('are bold %s', (_, text, markdown) => {
    expect(markdownOf(text)).toBe(markdown);
    expect(() => readMarkdown(markdown)).not.toThrow();
  });

  it('are bold and coloured at once without a mark inside a tag', () => {
    expect(coloured('共**3**人\n另**1**', 'grey')).toBe(
      "<font color='grey'>共</font>**<font color='grey'>3</font>**<font color='grey'>人</font><br><font color='grey'>另</font>**<font color='grey'>1</font>**",
    );
  });

  it('lose their marks where a component knows none', () => {
    expect(plain('**王芳**\r\n的进度')).toBe('王芳\n的进度');
  });
});

describe('how the tests read Markdown', () => {
  it.each(['*a*', '<at id=all></at>', '# a', '- a', '1. a', ':OK:', 'a  b', '字**（a）**', '**a', '[a](b)', 'a\nb'])(
    'refuses %j, which shows something else',
    (markdown) => {
      expect(() => readMarkdown(markdown)).toThrow();
    },
  );
});
