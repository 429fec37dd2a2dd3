/** What is wrong with the lines of `.env`. A line's words are never repeated: they may be the secret. */
export const dotEnvTexts = {
  otherEncoding: '.env 的编码不对（可能存成了“Unicode”）。请用记事本“另存为”，编码选 UTF-8。',
  notUtf8: (n: number): string => `.env 第 ${n} 行有乱码。请把文件另存为 UTF-8 编码，再核对这一行。`,
  fullWidthEquals: (n: number): string => `.env 第 ${n} 行用了全角的“＝”。请切换到英文输入法，改成半角的“=”。`,
  unreadable: (n: number): string => `.env 第 ${n} 行看不懂。每行应写“名称=值”，例如：PORT=3000；注释以 # 开头。`,
  misspelt: (n: number, found: string, meant: string): string =>
    `.env 第 ${n} 行的 ${found} 不是学时簿的设置，是不是 ${meant}？请改正。`,
  twice: (name: string, first: number, second: number): string =>
    `.env 第 ${first} 行和第 ${second} 行都写了 ${name}。请只留一行。`,
  fullWidthQuotes: (n: number, name: string): string => `.env 第 ${n} 行 ${name} 的值带了中文引号。请去掉引号。`,
  unclosedQuote: (n: number, name: string, quote: string): string =>
    `.env 第 ${n} 行 ${name} 的值只有一个引号 ${quote}。请去掉引号。`,
} as const;
