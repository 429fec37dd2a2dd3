import { DocumentError } from '../documents/document-error.ts';
import { readTextFile } from '../documents/text-file.ts';
import type { Blobs } from '../store/store.ts';
import { botTexts } from '../texts/bot.ts';
import type { AttachmentReader } from './prepare.ts';

/** Reads what people attach: Word and text files. */
export const createAttachmentReader =
  (blobs: Blobs): AttachmentReader =>
  async ({ name, blob, fault }) => {
    if (fault !== undefined) return { fault };
    const bytes = await blobs.get(blob);
    if (bytes === undefined) return { fault: botTexts.fileGone(name) };
    try {
      return { words: await readTextFile(name, bytes) };
    } catch (error) {
      if (error instanceof DocumentError) return { fault: error.message };
      throw error;
    }
  };
