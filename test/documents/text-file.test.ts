import { describe, expect, it } from 'vitest';
import { readTextFile } from '../../src/documents/text-file.ts';
import { makeZip } from '../support/make-zip.ts';

const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`);

/** A Word document with these paragraphs, as Word itself lays it out. */
const docx = (...paragraphs: readonly string[]): Buffer =>
  makeZip([
    {
      name: '[Content_Types].xml',
      data: xml(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
    },
    {
      name: '_rels/.rels',
      data: xml(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
    },
    {
      name: 'word/document.xml',
      data: xml(
        `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs
          .map((words) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`)
          .join('')}</w:body></w:document>`,
      ),
    },
  ]);

describe('a text file', () => {
  it('is read from a Word document, a paragraph a line', async () => {
    expect(await readTextFile('体会.docx', docx('第一段。', '第二段，𬀩。'))).toBe('第一段。\n第二段，𬀩。');
  });

  it('is read from UTF-8 and from what Windows programs write', async () => {
    expect(await readTextFile('a.txt', Buffer.from('\ufeff学习体会'))).toBe('学习体会');
    // 学习体会 in GB18030.
    expect(await readTextFile('a.TXT', Buffer.from('d1a7cfb0cce5bbe1', 'hex'))).toBe('学习体会');
  });

  it.each([
    ['empty.txt', Buffer.alloc(0), '是空的'],
    ['blank.txt', Buffer.from('  \n '), '没有文字'],
    ['scan.docx', docx(), '没有文字'],
    ['scan.pdf', Buffer.from('%PDF-1.7'), '.docx'],
    ['old.doc', Buffer.from('d0cf11e0', 'hex'), '.docx'],
    ['noname', Buffer.from('x'), '.docx'],
    ['broken.docx', Buffer.from('PK\u0003\u0004'), '损坏'],
    ['book.docx', makeZip([{ name: 'xl/workbook.xml', data: Buffer.from('x') }]), '损坏'],
    ['long.txt', Buffer.from('字'.repeat(50_001)), '50000 字'],
    ['huge.txt', Buffer.alloc(5 * 1024 * 1024 + 1, 65), '5 MB'],
    [
      'bomb.docx',
      makeZip([{ name: 'word/document.xml', data: Buffer.alloc(80 * 1024 * 1024), claimedSize: 1000 }]),
      '损坏',
    ],
  ])('%s is refused in one sentence', async (name, bytes, reason) => {
    await expect(readTextFile(name, bytes)).rejects.toThrow(reason);
  });
});
