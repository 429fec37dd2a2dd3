import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAttachmentReader } from '../../src/bot/attachments.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

const fault = '文件“台账.xlsx”超过 20 MB，没有读取。';
const missing = (name: string) => ({ name, blob: '', size: 0, fault });

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

it('a workbook that the platform does not hand over is answered with the reason', async () => {
  expect(await chat.as(people.archivist).sends(missing('台账.xlsx'))).toContain(fault);
});

it('any other file that does not come is answered with the reason, not with what might be done with it', async () => {
  expect(await chat.as(people.cadre).sends(missing('体会.docx'))).toBe(fault);
});

it('a document that was asked for and does not come is not read', async () => {
  expect(await createAttachmentReader(chat.store.blobs)(missing('体会.docx'))).toEqual({ fault });
});
