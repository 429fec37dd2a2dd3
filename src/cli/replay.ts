import { UsageError } from '../exit-code.ts';
import { createReceiver } from '../messenger/feishu/events.ts';
import { isSample, openStore } from '../open-store.ts';
import { cliTexts } from '../texts/cli.ts';
import { replayTexts as texts } from '../texts/replay.ts';
import { type Door, readArgs } from './door.ts';
import { clockOf } from './jobs.ts';
import { loadEvent } from './recorded-event.ts';
import { botOn, rehearseEvent } from './rehearsed-event.ts';

/**
 * `replay FILE.json [--commit]`: what the bot makes of an event that Feishu has sent — who, which command, what changes,
 * what is answered. Without `--commit` nothing is kept, and a running bot need not be stopped; with it the event is then
 * taken as if it had just been delivered. Attachments are not fetched: the preview says so, and what has some is not kept.
 */
export const replay: Door = async (args, { config, log, print }) => {
  const { positionals, values } = readArgs(args, { commit: { type: 'boolean' } }, 1);
  const [file] = positionals;
  if (file === undefined) throw new UsageError(texts.what);
  const payload = await loadEvent(file, config.feishu?.encryptKey ?? null);
  const isKept = values.commit === true;
  const store = await openStore(config, log, !isKept);
  try {
    if (isKept && (await isSample(store))) throw new UsageError(texts.sample);
    const parts = { store, clock: await clockOf(store), config, log };
    const { lines, files } = await rehearseEvent(payload, parts);
    for (const line of lines) print(line);
    // Taken without them, the message would count as received, and they could never come in again.
    if (isKept && files.length > 0) throw new UsageError(texts.withFiles(files));
    if (isKept) await createReceiver(botOn(payload, parts))(payload);
    print(isKept ? texts.committed : cliTexts.dryRun);
  } finally {
    await store.close();
  }
};
