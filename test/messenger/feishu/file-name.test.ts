import { describe, expect, it } from 'vitest';
import { readFileName } from '../../../src/messenger/feishu/file-name.ts';

describe('the name of a file', () => {
  const mojibake = (name: string): string => Buffer.from(name).toString('latin1');

  it.each([
    ['学习体会.docx', '学习体会.docx'],
    ['%E5%AD%A6%E6%97%B6.xlsx', '学时.xlsx'],
    ['a%20b.txt', 'a b.txt'],
    ['完成100%.docx', '完成100%.docx'],
    ['100%25.docx', '100%.docx'],
    ['%E5%AD.docx', '%E5%AD.docx'],
    [mojibake('学时台账.xlsx'), '学时台账.xlsx'],
    [mojibake('résumé.docx'), 'résumé.docx'],
    ['résumé.docx', 'résumé.docx'],
    ['é学.docx', 'é学.docx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\资料\\体会.docx', '体会.docx'],
    ['%2e%2e%2fx.txt', 'x.txt'],
    ['体\u202ecod.exe\u0000会.docx', '体cod.exe会.docx'],
    ['  体会.docx ', '体会.docx'],
    ['台账\u202exslx.exe', '台账xslx.exe'],
    ['a\u0000b"<c>|:*?.txt', 'ab__c_____.txt'],
    ['体会\ud800.docx', '体会.docx'],
    ['..', '文件'],
    ['', '文件'],
    ['/', '文件'],
    [`${'学'.repeat(300)}.docx`, `${'学'.repeat(115)}.docx`],
    ['学'.repeat(300), '学'.repeat(120)],
    [`${'a'.repeat(114)}${'😀'.repeat(9)}.docx`, `${'a'.repeat(114)}.docx`],
  ])('%j is read as %j', (given, name) => {
    expect(readFileName(given)).toBe(name);
  });
});
