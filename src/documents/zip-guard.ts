import { promisify } from 'node:util';
import { type Entry, fromBuffer, type Options, type ZipFile } from 'yauzl';
import { documentTexts } from '../texts/documents.ts';
import { DocumentError } from './document-error.ts';

/** An office file of 10,000 rows unpacks to about 10 MB; no spreadsheet library stops by itself. */
export const zipLimits = { entries: 2000, unpackedBytes: 60 * 1024 * 1024 } as const;

const open = promisify<Buffer, Options, ZipFile>(fromBuffer);

/**
 * Refuses an archive that is damaged, encrypted or unpacks to more than a document needs. The sizes that it declares are
 * added up first; then every entry is really unpacked, because a directory can lie.
 *
 * @returns the names of the entries
 * @throws DocumentError
 */
export async function guardZip(bytes: Uint8Array): Promise<string[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const zip = await open(buffer, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    const entries = await listEntries(zip);
    for (const entry of entries) await unpack(zip, entry);
    return entries.map((entry) => entry.fileName);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError(documentTexts.damaged, { cause: error });
  }
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    let declared = 0;
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      declared += entry.uncompressedSize;
      if (entries.length > zipLimits.entries || declared > zipLimits.unpackedBytes) {
        reject(new DocumentError(documentTexts.tooBigUnpacked));
      } else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** yauzl ends the stream with an error as soon as an entry is longer, or shorter, than declared. */
async function unpack(zip: ZipFile, entry: Entry): Promise<void> {
  const stream = await promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))(entry);
  for await (const _chunk of stream);
}
