import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeLines } from './samples/ledger-lines.ts';
import { makePeople } from './samples/people.ts';
import { ledgerSheets, rosterSheet } from './samples/sheets.ts';

/** The sample college's workbooks; the same bytes each time. */
export async function makeSamples(): Promise<{ roster: Uint8Array; ledger: Uint8Array }> {
  const people = makePeople();
  return { roster: await rosterSheet(people), ledger: await ledgerSheets(makeLines(people)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const samples = await makeSamples();
  for (const [name, bytes] of Object.entries(samples)) {
    await writeFile(new URL(`../../data/samples/${name}.xlsx`, import.meta.url), bytes);
    console.log(`data/samples/${name}.xlsx: ${bytes.length} bytes`);
  }
}
