import type { Readable } from 'node:stream';
import type { Blobs } from '../../store/store.ts';
import { feishuTexts as texts } from '../../texts/feishu.ts';
import type { IncomingFile } from '../messenger.ts';
import type { Reply } from '../reply.ts';
import type { Content, FeishuApi, Upload } from './api.ts';
import { FeishuApiError } from './api-error.ts';

/**
 * A file that cannot be taken or sent, however often it is tried; `message` is a sentence without its full stop, which
 * names the file and is for its sender, `cause` what a log may tell.
 */
export class FeishuFileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FeishuFileError';
  }
}

const mb = 1_048_576;
/** As much as the bot takes anywhere. */
const mostIn = 20 * mb;
/** What the platform takes. */
const mostOut = 30 * mb;
const mostPicture = 10 * mb;

const uploadTypes: Readonly<Record<string, Upload['fileType']>> = {
  xlsx: 'xls',
  xls: 'xls',
  docx: 'doc',
  doc: 'doc',
  pptx: 'ppt',
  ppt: 'ppt',
  pdf: 'pdf',
};

const pictureTypes = [
  { extension: 'png', begins: '89504e470d0a1a0a' },
  { extension: 'jpg', begins: 'ffd8ff' },
  { extension: 'gif', begins: '47494638' },
  { extension: 'webp', begins: '52494646' },
  { extension: 'bmp', begins: '424d' },
] as const;

/** Not there any more, not for us, too large, of a kind that has no file. */
const goneForGood = new Set([234_003, 234_004, 234_037, 234_043]);

/** Streams an attachment of a message into a blob. @throws FeishuFileError, or FeishuApiError that may pass */
export async function downloadFile(
  { api, blobs }: { readonly api: Pick<FeishuApi, 'download'>; readonly blobs: Blobs },
  wanted: { messageId: string; fileKey: string; type: 'file' | 'image'; name: string },
): Promise<IncomingFile> {
  const { messageId, fileKey, type } = wanted;
  const bytes = await fetchBytes(api, wanted).catch((fault: unknown) => {
    if (fault instanceof FeishuApiError && goneForGood.has(fault.code ?? 0)) {
      throw new FeishuFileError(texts.fileNotFetched(wanted.name, fault.code ?? 0), { cause: fault });
    }
    throw fault instanceof FeishuApiError || fault instanceof FeishuFileError
      ? fault
      : FeishuApiError.unanswered({ method: 'GET', url: `/messages/${messageId}/resources/${fileKey}` }, fault);
  });
  const name = type === 'image' ? pictureName(wanted.name, bytes) : wanted.name;
  return { name, blob: await blobs.put(bytes), size: bytes.byteLength };
}

async function fetchBytes(
  api: Pick<FeishuApi, 'download'>,
  { messageId, fileKey, type, name }: { messageId: string; fileKey: string; type: 'file' | 'image'; name: string },
): Promise<Uint8Array> {
  const stream: Readable = await api.download(messageId, fileKey, type);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // Leaving the loop ends the stream, so that no more of it is fetched or held.
    if (size > mostIn) {
      const cause = new RangeError(`more than ${mostIn} bytes`);
      throw new FeishuFileError(texts.fileTooLargeIn(name, mostIn / mb), { cause });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

const pictureType = (bytes: Uint8Array): (typeof pictureTypes)[number]['extension'] | null => {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return pictureTypes.find(({ begins }) => head.startsWith(begins))?.extension ?? null;
};

/** Pictures come without a name that says what they are. */
function pictureName(name: string, bytes: Uint8Array): string {
  const extension = pictureType(bytes);
  return extension === null || name.toLowerCase().endsWith(`.${extension}`)
    ? name
    : `${name.replace(/\.[^.]{1,10}$/, '')}.${extension}`;
}

/**
 * Uploads what a reply sends. A picture goes out as one, so that it is seen without being opened; everything else as a
 * file under its name. @throws FeishuFileError, FeishuApiError
 */
export async function uploadFile(
  { api, blobs }: { readonly api: Pick<FeishuApi, 'uploadFile' | 'uploadImage'>; readonly blobs: Blobs },
  { name, blob }: Extract<Reply, { type: 'file' }>,
): Promise<Content> {
  const bytes = await blobs.get(blob);
  if (bytes === undefined) throw new FeishuFileError(texts.fileGone(name));
  if (bytes.byteLength === 0) throw new FeishuFileError(texts.fileEmpty(name));
  if (bytes.byteLength > mostOut) throw new FeishuFileError(texts.fileTooLarge(name, mostOut / mb));
  if (pictureType(bytes) !== null && bytes.byteLength <= mostPicture) {
    const key = await api.uploadImage({ name, bytes });
    return { msgType: 'image', content: JSON.stringify({ image_key: key }) };
  }
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  const key = await api.uploadFile({ name, bytes, fileType: uploadTypes[extension] ?? 'stream' });
  return { msgType: 'file', content: JSON.stringify({ file_key: key }) };
}
