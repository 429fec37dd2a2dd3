import { systemClock } from '../clock.ts';
import { NegativeAnswer, UsageError } from '../exit-code.ts';
import { outbox, outboxCounts, resend } from '../messenger/outbox.ts';
import { openStore } from '../open-store.ts';
import { listAll } from '../store/store.ts';
import { cliTexts as texts } from '../texts/cli.ts';
import { type Door, readArgs } from './door.ts';

/** `outbox [resend KEY]`: messages that failed or whose outcome is unknown; the operator decides what goes out once more. */
export const showOutbox: Door = async (args, { config, log, print }) => {
  const { positionals } = readArgs(args, {}, 2);
  const [verb, key] = positionals;
  if (verb !== undefined && (verb !== 'resend' || key === undefined)) throw new UsageError(texts.unknownOption(verb));
  const store = await openStore(config, log, key === undefined);
  try {
    if (key !== undefined) {
      const cause = { actor: 'system', via: 'cli', what: 'outbox resend', ref: key, at: systemClock.now() } as const;
      if (!(await store.transaction(cause, (tx) => resend(tx, key)))) throw new NegativeAnswer(texts.notResent(key));
      return print(texts.resent(key));
    }
    const { rows, queued } = await store.read(async (view) => ({
      rows: (
        await Promise.all(
          ['failed', 'unknown'].map((state) => listAll(view, outbox, { index: 'byState', equals: [state] })),
        )
      ).flat(),
      queued: (await outboxCounts(view)).queued,
    }));
    if (rows.length === 0) return print(texts.outboxClear(queued));
    for (const row of rows) print(texts.outboxLine(row.key, row.target, row.state === 'unknown', row.reason ?? ''));
    print(texts.outboxHint);
  } finally {
    await store.close();
  }
};
