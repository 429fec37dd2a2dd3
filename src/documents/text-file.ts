import { documentTexts } from '../texts/documents.ts';
import { DocumentError } from './document-error.ts';
import { readDocx } from './docx-worker.ts';
import { guardZip } from './zip-guard.ts';

export const textFileLimits = { bytes: 5 * 1024 * 1024, characters: 50_000 } as const;

/**
 * The words of a Word document (.docx) or a text file (UTF-8 or GB18030), paragraphs on lines of their own.
 * @throws DocumentError in one sentence: what was found, what to do
 */
export async function readTextFile(name: string, bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new DocumentError(documentTexts.textFile.empty(name));
  if (bytes.length > textFileLimits.bytes) throw new DocumentError(documentTexts.textFile.tooLarge(name, 5));
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  const words =
    extension === 'docx' ? await wordsOfDocx(bytes) : extension === 'txt' || extension === 'md' ? decode(bytes) : null;
  if (words === null) throw new DocumentError(documentTexts.textFile.foreign(name));
  const trimmed = words.trim();
  if (trimmed === '') throw new DocumentError(documentTexts.textFile.noWords(name));
  if (trimmed.length > textFileLimits.characters)
    throw new DocumentError(documentTexts.textFile.tooLong(name, textFileLimits.characters));
  return trimmed;
}

async function wordsOfDocx(bytes: Uint8Array): Promise<string> {
  const entries = await guardZip(bytes);
  if (!entries.includes('word/document.xml')) throw new DocumentError(documentTexts.damaged);
  return readDocx(bytes);
}

/** Text files of Windows programs are often in GB18030. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
