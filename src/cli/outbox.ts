import { chats } from '../bot/chats.ts';
import { accounts } from '../bot/people.ts';
import { systemClock } from '../clock.ts';
import { cadres } from '../domain/cadre.ts';
import { NegativeAnswer, UsageError } from '../exit-code.ts';
import { type OutboxRow, outbox, outboxCounts, resend } from '../messenger/outbox.ts';
import { openStore } from '../open-store.ts';
import { listAll, type Reader } from '../store/store.ts';
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
    for (const row of rows) {
      const whom = await store.read((view) => nameOf(view, row));
      print(texts.outboxLine(row.key, whom, row.state === 'unknown', row.reason ?? ''));
    }
    print(texts.outboxHint);
  } finally {
    await store.close();
  }
};

/** Whom a message is for, as the operator knows them: the platform's ids say nothing. */
async function nameOf(view: Reader, { messenger, to, target }: OutboxRow): Promise<string> {
  if (to.type === 'chat') {
    const name = (await view.get(chats, `${messenger}:${to.id}`))?.name ?? '';
    return name === '' ? to.id : texts.groupNamed(name);
  }
  const account = to.type === 'person' ? await view.get(accounts, `${messenger}:${to.id}`) : undefined;
  const cadre = await view.get(cadres, account?.staffNo ?? target);
  return cadre === undefined ? target : texts.personNamed(cadre.name, cadre.staffNo);
}
