import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderLedger, renderOverdue } from '../bot/rendering.ts';
import { dayOf } from '../domain/day.ts';
import { CannotWrite, UsageError } from '../exit-code.ts';
import { openStore } from '../open-store.ts';
import { loadPolicy } from '../policy/load.ts';
import { cliTexts as texts } from '../texts/cli.ts';
import { type Door, readArgs } from './door.ts';
import { clockOf } from './jobs.ts';

/** `export ledger|overdue [FILE.xlsx]`: a workbook, by default in the working directory under a name with the day. */
export const exportFile: Door = async (args, { config, log, print }) => {
  const { positionals } = readArgs(args, {}, 2);
  const [what, asked] = positionals;
  if (what !== 'ledger' && what !== 'overdue') throw new UsageError(texts.exportWhat);
  const store = await openStore(config, log, true);
  try {
    const clock = await clockOf(store);
    const today = dayOf(clock.now());
    const parts = { store, policies: loadPolicy(config.policyDirectory), clock };
    const { bytes, rows } = what === 'ledger' ? await renderLedger(parts) : await renderOverdue(parts, today);
    const file = path.resolve(asked ?? `${texts.exportNames[what]}-${today}.xlsx`);
    await writeFile(file, bytes).catch((error: NodeJS.ErrnoException) => {
      throw new CannotWrite(texts.cannotWrite(file, error.code ?? error.message), { cause: error });
    });
    print(texts.exported(file, rows));
  } finally {
    await store.close();
  }
};
