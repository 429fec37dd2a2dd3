import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/config.ts';
import { readDotEnv, settingNames } from '../src/dot-env.ts';

const secret = '6036c3b47811c2fa3e8bd1008f3a9340';
const read = (text: string) => readDotEnv(new TextEncoder().encode(text));

describe('what is taken', () => {
  it.each([
    ['as it stands', `FEISHU_APP_SECRET=${secret}`],
    ['with blanks around', `  FEISHU_APP_SECRET =  ${secret}  `],
    ['in quotes', `FEISHU_APP_SECRET="${secret}"`],
    ['as a shell would take it', `export FEISHU_APP_SECRET='${secret}'`],
    ['with Windows line ends', `PORT=3000\r\nFEISHU_APP_SECRET=${secret}\r\n`],
    ['behind the mark that Notepad sets', `\uFEFFFEISHU_APP_SECRET=${secret}`],
    ['with a comment', `# 应用凭证\nFEISHU_APP_SECRET=${secret} # 抄自后台\n\n`],
  ])('a value %s', (_, text) => {
    const { values, faults } = read(text);
    expect(faults).toEqual([]);
    expect(values['FEISHU_APP_SECRET']).toBe(secret);
  });

  it('a name that is for another program', () => {
    expect(read('HTTPS_PROXY=http://127.0.0.1:8080\nTZ=Asia/Shanghai\nNODE_OPTIONS=').faults).toEqual([]);
  });

  it('every setting of the example, which names them all', () => {
    const example = readFileSync(path.join(packageRoot, '.env.example'), 'utf8');
    const { values, faults } = read(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
    expect(faults).toEqual([]);
    expect(settingNames).toEqual(expect.arrayContaining(Object.keys(values)));
  });
});

describe('what is not taken is said by its line, never with its words', () => {
  it.each([
    ['a full-width sign', `PORT=3000\nFEISHU_APP_SECRET＝${secret}`, /^\.env 第 2 行.*全角.*半角的“=”/],
    ['a colon', `FEISHU_APP_SECRET: ${secret}`, /^\.env 第 1 行看不懂.*名称=值/],
    ['a value without a name', secret, /^\.env 第 1 行看不懂/],
    ['a letter too few', `FEISHU_APPSECRET=${secret}`, /FEISHU_APPSECRET 不是.*是不是 FEISHU_APP_SECRET/],
    ['another misspelling', 'ADMIN=E0001', /ADMIN 不是.*是不是 ADMINS/],
    ['small letters', 'port=3000', /port 不是.*是不是 PORT/],
    [
      'one line too many',
      `FEISHU_APP_SECRET=${secret}\n#\nFEISHU_APP_SECRET=x`,
      /第 1 行和第 3 行都写了 FEISHU_APP_SECRET/,
    ],
    ['Chinese quotes', `FEISHU_APP_SECRET=“${secret}”`, /第 1 行 FEISHU_APP_SECRET 的值带了中文引号/],
    ['half a pair of quotes', `FEISHU_APP_SECRET="${secret}`, /只有一个引号/],
  ])('%s', (_, text, expected) => {
    const { faults } = read(text);
    expect(faults).toEqual([expect.stringMatching(expected)]);
    expect(faults.join('')).not.toContain(secret);
  });

  it('a file in another encoding', () => {
    expect(readDotEnv(Buffer.from('PORT=3000', 'utf16le')).faults).toEqual([expect.stringMatching(/UTF-8/)]);
    // 学时簿 in GBK
    const gbk = Buffer.concat([Buffer.from('DATA_DIR=/srv/'), Buffer.from([0xd1, 0xa7, 0xca, 0xb1, 0xb2, 0xbe])]);
    expect(readDotEnv(gbk).faults).toEqual([expect.stringMatching(/第 1 行有乱码.*UTF-8/)]);
  });
});
