import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callFeishu, signIn } from '../../../support/feishu-call.ts';
import { sdkClient } from '../../../support/feishu-sdk.ts';
import { type FeishuServer, openFeishuServer } from '../../../support/feishu-server/index.ts';

const mib = 1024 * 1024;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

describe('files in the local Feishu', () => {
  let server: FeishuServer;

  beforeEach(async () => {
    server = await openFeishuServer();
  });
  afterEach(() => server.close());

  const form = (fields: Readonly<Record<string, string | Blob | File>>): FormData => {
    const filled = new FormData();
    for (const [name, value] of Object.entries(fields)) filled.set(name, value);
    return filled;
  };
  const upload = (bytes: Uint8Array<ArrayBuffer>, more: Readonly<Record<string, string>> = {}) =>
    callFeishu(
      server,
      'POST',
      'im/v1/files',
      form({ file_type: 'xls', file_name: '通报.xlsx', file: new File([bytes], '通报.xlsx'), ...more }),
    );
  const uploadImage = (bytes: Uint8Array<ArrayBuffer>) =>
    callFeishu(server, 'POST', 'im/v1/images', form({ image_type: 'message', image: new File([bytes], 'chart.png') }));
  const download = async (messageId: string, key: string, type: string) => {
    const token = await signIn(server);
    return fetch(`${server.url}/open-apis/im/v1/messages/${messageId}/resources/${key}?type=${type}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  };

  const codeOf = async (messageId: string, key: string, type: string): Promise<number> =>
    ((await (await download(messageId, key, type)).json()) as { code: number }).code;

  it('are uploaded, sent, and can be looked at with name and bytes', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const { body } = await upload(new TextEncoder().encode('workbook'));
    const sent = await callFeishu(server, 'POST', 'im/v1/messages?receive_id_type=open_id', {
      receive_id: zhang.openId,
      msg_type: 'file',
      content: JSON.stringify(body.data),
    });
    const message = server.message(String(sent.body.data['message_id']));
    expect(server.fileOf(message)).toMatchObject({ kind: 'file', name: '通报.xlsx' });
    expect(new TextDecoder().decode(server.fileOf(message)?.bytes)).toBe('workbook');
    expect(server.uploads()).toHaveLength(1);
  });

  it.each([
    ['of 30 MB', 30 * mib, 0],
    ['one byte larger', 30 * mib + 1, 234006],
    ['empty', 0, 234010],
  ])('are taken or not: %s', async (_, size, code) => {
    expect((await upload(new Uint8Array(size))).body.code).toBe(code);
  });

  it.each([
    ['of 10 MB', 10 * mib, 0],
    ['one byte larger', 10 * mib + 1, 234006],
    ['empty', 0, 234010],
  ])('that are pictures are taken or not: %s', async (_, size, code) => {
    const picture = new Uint8Array(size);
    if (size > 0) picture.set(png);
    expect((await uploadImage(picture)).body.code).toBe(code);
  });

  it('that are no pictures are not taken as such', async () => {
    expect((await uploadImage(new TextEncoder().encode('no picture'))).body.code).toBe(234011);
  });

  it('are refused without their name or with a type that does not exist', async () => {
    const bytes = new TextEncoder().encode('workbook');
    expect((await upload(bytes, { file_name: '' })).body.code).toBe(234001);
    expect((await upload(bytes, { file_type: 'xlsx' })).body.code).toBe(234001);
    expect((await upload(bytes, { file: 'a field and no file' })).body.code).toBe(234001);
  });

  it('that are pictures cannot be sent as files', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const { body } = await uploadImage(png);
    const key = String(body.data['image_key']);
    const send = (msgType: string, content: object) =>
      callFeishu(server, 'POST', 'im/v1/messages?receive_id_type=open_id', {
        receive_id: zhang.openId,
        msg_type: msgType,
        content: JSON.stringify(content),
      });
    expect((await send('file', { file_key: key })).body.code).toBe(230055);
    expect((await send('image', { image_key: key })).body.code).toBe(0);
  });

  it('that somebody sends are downloaded from their message, as what they are', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const { messageId } = await server.sendsFile(zhang.openId, {
      name: '名单.xlsx',
      bytes: new TextEncoder().encode('名单'),
    });
    const { file_key: key } = server.message(messageId).content as { file_key: string };
    const answer = await download(messageId, key, 'file');
    expect([answer.status, await answer.text()]).toEqual([200, '名单']);
    const image = await server.sendsImage(zhang.openId, png);
    const { image_key: imageKey } = server.message(image.messageId).content as { image_key: string };
    expect((await download(image.messageId, imageKey, 'image')).status).toBe(200);
    expect(await codeOf(messageId, imageKey, 'image')).toBe(234003);
    expect(await codeOf(messageId, key, 'image')).toBe(234001);
    expect(await codeOf(messageId, key, 'picture')).toBe(234001);
  });

  it('are not downloaded from a group that the bot has left', async () => {
    const zhang = server.addPerson({ name: '张三' });
    const group = server.addChat({ name: '干部教育群', members: [zhang.openId] });
    const file = { name: '名单.xlsx', bytes: png };
    const { messageId } = await server.sendsFile(zhang.openId, file, { chat: group.chatId });
    group.botIsIn = false;
    const { file_key: key } = server.message(messageId).content as { file_key: string };
    expect(await codeOf(messageId, key, 'file')).toBe(234004);
  });

  describe('through the SDK', () => {
    const create = (file: unknown) =>
      sdkClient(server).im.v1.file.create({ data: { file_type: 'xls', file_name: '通报.xlsx', file: file as Buffer } });

    it('need a stream with a name: a Buffer arrives without one and is refused', async () => {
      await expect(create(Buffer.from('workbook'))).rejects.toMatchObject({
        response: { status: 400, data: { code: 234001 } },
      });
      const named = Object.assign(Readable.from([Buffer.from('workbook')]), { path: '/tmp/通报.xlsx' });
      expect(await create(named)).toEqual({ file_key: expect.stringMatching(/^file_v3_/) });
      expect(server.uploads()).toMatchObject([{ name: '通报.xlsx' }]);
    });

    it('answer with null, the reason swallowed, where HTTP says 200 and the code does not', async () => {
      server.faults.inCalls({ type: 'refused', code: 234006, status: 200 });
      const named = Object.assign(Readable.from([Buffer.from('workbook')]), { path: '/tmp/a.xlsx' });
      expect(await create(named)).toBeNull();
    });

    it('tell why a download is refused in a stream that must be read', async () => {
      const zhang = server.addPerson({ name: '张三' });
      const { messageId } = await server.says(zhang.openId, '没有附件');
      const refused = await sdkClient(server)
        .im.v1.messageResource.get({
          path: { message_id: messageId, file_key: 'file_v3_none' },
          params: { type: 'file' },
        })
        .then(() => null)
        .catch((error: { response: { status: number; data: Readable } }) => error.response);
      expect(refused?.status).toBe(400);
      expect(JSON.parse(await text(refused?.data ?? Readable.from([])))).toMatchObject({ code: 234003 });
    });

    it('come down as a stream', async () => {
      const zhang = server.addPerson({ name: '张三' });
      const { messageId } = await server.sendsFile(zhang.openId, {
        name: '名单.txt',
        bytes: new TextEncoder().encode('名单'),
      });
      const { file_key: key } = server.message(messageId).content as { file_key: string };
      const resource = await sdkClient(server).im.v1.messageResource.get({
        path: { message_id: messageId, file_key: key },
        params: { type: 'file' },
      });
      expect(await text(resource.getReadableStream())).toBe('名单');
    });
  });
});
