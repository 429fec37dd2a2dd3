import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeishuApi, Upload } from '../../../src/messenger/feishu/api.ts';
import { FeishuApiError } from '../../../src/messenger/feishu/api-error.ts';
import { downloadFile, FeishuFileError, uploadFile } from '../../../src/messenger/feishu/files.ts';
import { openTemporaryStore, type TemporaryStore } from '../../support/temporary-store.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
const workbook = Buffer.from('504b0304', 'hex');
const mb = 1_048_576;

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await openTemporaryStore([]);
});
afterEach(() => temporary.remove());

describe('attachments of messages', () => {
  const fetchFile = (
    stream: () => Readable,
    wanted: Partial<{ type: 'file' | 'image'; name: string }> = {},
  ): ReturnType<typeof downloadFile> =>
    downloadFile(
      { api: { download: async () => stream() }, blobs: temporary.store.blobs },
      { messageId: 'om_1', fileKey: 'file_1', type: 'file', name: '名册 2026.xlsx', ...wanted },
    );
  const of =
    (...chunks: Uint8Array[]) =>
    (): Readable =>
      Readable.from(chunks);

  it('lie in a blob, whole, when they are handed on', async () => {
    const file = await fetchFile(of(workbook, Buffer.from([7])));
    expect(file).toMatchObject({ name: '名册 2026.xlsx', size: 5 });
    expect(await temporary.store.blobs.get(file.blob)).toEqual(Buffer.concat([workbook, Buffer.from([7])]));
  });

  it('may be empty: what is read says so', async () => {
    expect(await fetchFile(of())).toMatchObject({ size: 0 });
  });

  it('are taken up to 20 MB, and no byte of a larger one is fetched any more', async () => {
    expect(await fetchFile(of(new Uint8Array(20 * mb)))).toMatchObject({ size: 20 * mb });
    let poured = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          poured += 1;
          yield new Uint8Array(mb);
        }
      })(),
      { objectMode: false },
    );
    await expect(fetchFile(() => endless)).rejects.toThrow(
      new FeishuFileError('文件“名册 2026.xlsx”超过 20 MB，没有读取'),
    );
    expect(endless.destroyed).toBe(true);
    expect(poured).toBeLessThan(25);
  });

  it('that break off on the way may come again', async () => {
    const breaking = (): Readable =>
      Readable.from(
        (function* () {
          yield workbook;
          throw new Error('terminated');
        })(),
      );
    await expect(fetchFile(breaking)).rejects.toMatchObject({ name: 'FeishuApiError', fault: 'unanswered' });
  });

  it.each([234_003, 234_004, 234_037, 234_043])(
    'that the platform will never hand over (%i) are a sentence',
    async (code) => {
      const where = { method: 'GET', url: '/x', status: 400, msg: '', resetMs: null, logId: null };
      const refused = (): never => {
        throw FeishuApiError.refused({ ...where, code });
      };
      await expect(fetchFile(refused)).rejects.toThrow(
        new FeishuFileError(`没有取到文件“名册 2026.xlsx”，请重新发送（飞书错误码 ${code}）`),
      );
    },
  );

  it('trap: pictures come without a name; theirs says what they are', async () => {
    expect(await fetchFile(of(png), { type: 'image', name: '图片' })).toMatchObject({ name: '图片.png' });
    expect(await fetchFile(of(Buffer.from('ffd8ffe0', 'hex')), { type: 'image', name: 'a.png' })).toMatchObject({
      name: 'a.jpg',
    });
    expect(await fetchFile(of(Buffer.from('??')), { type: 'image', name: '奖状.png' })).toMatchObject({
      name: '奖状.png',
    });
  });
});

describe('files of replies', () => {
  let uploaded: (Partial<Upload> & { as: 'file' | 'image' })[];
  const api: Pick<FeishuApi, 'uploadFile' | 'uploadImage'> = {
    uploadFile: async ({ name, fileType }) => {
      uploaded.push({ as: 'file', name, fileType });
      return 'file_v3_1';
    },
    uploadImage: async ({ name }) => {
      uploaded.push({ as: 'image', name });
      return 'img_v3_1';
    },
  };
  const upload = async (name: string, bytes: Uint8Array): ReturnType<typeof uploadFile> => {
    const blob = await temporary.store.blobs.put(bytes);
    return uploadFile({ api, blobs: temporary.store.blobs }, { type: 'file', name, blob, mime: '', caption: '' });
  };

  beforeEach(() => {
    uploaded = [];
  });

  it.each([
    ['逾期名单.xlsx', 'xls'],
    ['通报.docx', 'doc'],
    ['说明.PDF', 'pdf'],
    ['课件.pptx', 'ppt'],
    ['台账.csv', 'stream'],
    ['没有后缀', 'stream'],
  ])('%s goes out as a file of type %s under its name', async (name, fileType) => {
    expect(await upload(name, workbook)).toEqual({ msgType: 'file', content: '{"file_key":"file_v3_1"}' });
    expect(uploaded).toEqual([{ as: 'file', name, fileType }]);
  });

  it('a chart goes out as a picture, so that it is seen without being opened', async () => {
    expect(await upload('学时.png', png)).toEqual({ msgType: 'image', content: '{"image_key":"img_v3_1"}' });
    expect(uploaded).toEqual([{ as: 'image', name: '学时.png' }]);
  });

  it('is a picture by its content, not by its name', async () => {
    expect(await upload('学时.png', workbook)).toMatchObject({ msgType: 'file' });
  });

  it('a picture over 10 MB goes out as a file', async () => {
    expect(await upload('学时.png', Buffer.concat([png, new Uint8Array(10 * mb)]))).toMatchObject({ msgType: 'file' });
  });

  it.each([
    ['is empty', 0, '文件“a.xlsx”是空的，没有发送'],
    ['is over 30 MB', 30 * mb + 1, '文件“a.xlsx”超过 30 MB，没有发送'],
  ])('trap: what %s is not sent, in a sentence', async (_, size, sentence) => {
    await expect(upload('a.xlsx', new Uint8Array(size))).rejects.toThrow(new FeishuFileError(sentence));
    expect(uploaded).toEqual([]);
  });

  it('what is no longer there is not sent, in a sentence', async () => {
    const gone = { type: 'file', name: 'a.xlsx', blob: '0'.repeat(64), mime: '', caption: '' } as const;
    await expect(uploadFile({ api, blobs: temporary.store.blobs }, gone)).rejects.toThrow(
      new FeishuFileError('文件“a.xlsx”已不在，没有发送'),
    );
  });
});
