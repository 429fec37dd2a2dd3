import { done, Refusal } from './answers.ts';
import { newId } from './app.ts';
import type { Message, Messages } from './messages.ts';
import type { People } from './people.ts';
import { type ApiCall, type Route, route } from './routes.ts';

const mib = 1024 * 1024;
const fileTypes = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

export interface StoredFile {
  readonly key: string;
  readonly kind: 'image' | 'file';
  /** null for images. */
  readonly name: string | null;
  readonly bytes: Uint8Array;
  /** The app has uploaded it; otherwise somebody has sent it. */
  readonly isUpload: boolean;
}

/** Files and images that were uploaded or sent, by key. */
export class Files {
  readonly #files = new Map<string, StoredFile>();

  keep(kind: StoredFile['kind'], name: string | null, bytes: Uint8Array, isUpload: boolean): StoredFile {
    const key = newId(kind === 'image' ? 'img_v3_' : 'file_v3_');
    const file = { key, kind, name, bytes, isUpload };
    this.#files.set(key, file);
    return file;
  }

  get(key: string): StoredFile | undefined {
    return this.#files.get(key);
  }

  kindOf(key: string): StoredFile['kind'] | undefined {
    return this.#files.get(key)?.kind;
  }

  all(): readonly StoredFile[] {
    return [...this.#files.values()];
  }
}

interface Parts {
  readonly files: Files;
  readonly messages: Messages;
  readonly people: People;
}

export function fileRoutes({ files, messages, people }: Parts): readonly Route[] {
  return [
    route('POST', '/open-apis/im/v1/files', ['im:resource'], async (call) => {
      const form = await readForm(call);
      const name = field(form, 'file_name');
      if (name === '' || !fileTypes.includes(field(form, 'file_type'))) throw new Refusal(234001);
      const bytes = await readPart(form.get('file'), 30 * mib);
      return done({ file_key: files.keep('file', name, bytes, true).key });
    }),
    route('POST', '/open-apis/im/v1/images', ['im:resource'], async (call) => {
      const form = await readForm(call);
      if (!['message', 'avatar'].includes(field(form, 'image_type'))) throw new Refusal(234001);
      const bytes = await readPart(form.get('image'), 10 * mib);
      if (!isImage(bytes)) throw new Refusal(234011);
      return done({ image_key: files.keep('image', null, bytes, true).key });
    }),
    route('GET', '/open-apis/im/v1/messages/:message_id/resources/:file_key', ['im:message', 'im:resource'], (call) => {
      const message = messages.find(call.path('message_id'));
      const kind = call.query.get('type');
      if (kind !== 'image' && kind !== 'file') throw new Refusal(234001);
      if (message.recalled)
        throw new Refusal(230110, { message: 'Action unavailable as the message has been deleted.' });
      if (!people.chat(message.chatId).botIsIn) throw new Refusal(234004);
      const file = files.get(call.path('file_key'));
      if (file === undefined || !names(message, file.key)) throw new Refusal(234003);
      if ((file.kind === 'image') !== (kind === 'image')) throw new Refusal(234001);
      return { bytes: file.bytes, headers: { 'content-type': 'application/octet-stream' } };
    }),
  ];
}

const names = ({ content }: Message, key: string): boolean => JSON.stringify(content).includes(JSON.stringify(key));

/** @throws Refusal when the call is no multipart form */
async function readForm({ headers, raw }: ApiCall): Promise<FormData> {
  try {
    const type = headers['content-type'] ?? '';
    return await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  } catch {
    throw new Refusal(234001);
  }
}

function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The bytes of a part. One without a file name is a field and no file. */
async function readPart(part: ReturnType<FormData['get']>, mostBytes: number): Promise<Uint8Array> {
  if (part === null || typeof part === 'string') throw new Refusal(234001);
  if (part.size === 0) throw new Refusal(234010);
  if (part.size > mostBytes) throw new Refusal(234006);
  return new Uint8Array(await part.arrayBuffer());
}

const beginnings: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x49, 0x46, 0x46],
  [0x42, 0x4d],
];

const isImage = (bytes: Uint8Array): boolean =>
  beginnings.some((beginning) => beginning.every((byte, i) => bytes[i] === byte));
