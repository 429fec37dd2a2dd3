/** What people say instead of a command's name: the commands that it may mean, the first that the person may use. */
const phrases: readonly { readonly words: RegExp; readonly means: readonly string[] }[] = [
  { words: /(?:没|未|还没有?|没有)交|谁没|缺谁/, means: ['逾期 体会', '体会'] },
  { words: /待审|要审|审核/, means: ['审核', '待办'] },
  { words: /(?:还|相)差|差(?:多少|几)|(?:多少|几)个?学时|达标|够不够|够了[吗没]/, means: ['进度'] },
  { words: /(?:怎么|如何|怎样)[用使说]|说明书?$|(?:会|能)(?:做|干)(?:什么|啥)/, means: ['帮助'] },
];

/** The commands that an everyday phrase may mean, best first; none when it is no such phrase. */
export const everydayMeanings = (text: string): readonly string[] =>
  text.length > 30 ? [] : (phrases.find(({ words }) => words.test(text))?.means ?? []);

/** Thanks and nothing else. */
export const isThanks = (text: string): boolean =>
  /^(?:好的?|行|可以|收到|知道了|明白了?)?[\s，,。!！]*(?:谢谢|多谢|感谢|辛苦)(?:你|您|了|啦|啊|大家)*[\s，,。.!！~]*$/.test(
    text,
  );
