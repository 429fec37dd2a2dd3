import { hash } from 'node:crypto';
import { commands } from '../../commands/index.ts';
import { createAttachmentReader } from '../bot/attachments.ts';
import { claims } from '../bot/claims.ts';
import { createDispatcher } from '../bot/dispatch.ts';
import { createWorkbookReader } from '../bot/importing/preview.ts';
import type { Clock } from '../clock.ts';
import { DocumentError } from '../documents/document-error.ts';
import { cadres } from '../domain/cadre.ts';
import { type Collection, keyOf } from '../domain/collection.ts';
import { FeishuEventError, readEnvelope } from '../messenger/feishu/envelope.ts';
import { type EventParts, readEvent } from '../messenger/feishu/events.ts';
import { FeishuFileError } from '../messenger/feishu/files.ts';
import { createPrivateChats } from '../messenger/feishu/private-chats.ts';
import type { Handler, Happening, Incoming, TapAnswer } from '../messenger/messenger.ts';
import { type OutboxRow, outboxSchema } from '../messenger/outbox.ts';
import { plainText, type Reply } from '../messenger/reply.ts';
import { loadPolicy } from '../policy/load.ts';
import { rehearse } from '../store/rehearsal.ts';
import type { Store } from '../store/store.ts';
import { withTransactions } from '../store/with-transactions.ts';
import { replayTexts as texts } from '../texts/replay.ts';
import type { DoorParts } from './door.ts';

type ReplayParts = Pick<DoorParts, 'config' | 'log'> & { readonly store: Store; readonly clock: Clock };

/** The bot as it reads and answers what Feishu sends, without Feishu. @throws FeishuEventError */
export function botOn(payload: unknown, { store, clock, config, log }: ReplayParts): EventParts & { handler: Handler } {
  const policies = loadPolicy(config.policyDirectory);
  return {
    appId: config.feishu?.appId ?? readEnvelope(payload).header.app_id ?? '',
    clock,
    files: { download: (_, __, ___, name) => Promise.reject(new FeishuFileError(texts.fileNotFetched(name))) },
    privateChats: createPrivateChats({ store, clock }),
    // Nobody can be asked for it: any bot that is named is taken for this one.
    botOpenId: () => null,
    unitNames: (ids) => Promise.resolve(ids),
    log,
    handler: createDispatcher({
      store,
      commands,
      policies,
      clock,
      log,
      readAttachment: createAttachmentReader(store.blobs),
      readWorkbook: createWorkbookReader({ store, policies, clock }),
      wake: () => {},
    }),
  };
}

/** What would become of an event, in lines, and the attachments that are left out. */
export interface Rehearsed {
  readonly lines: readonly string[];
  readonly files: readonly string[];
}

/** Rehearses an event and leaves no trace. @throws DocumentError when it is none */
export async function rehearseEvent(payload: unknown, parts: ReplayParts): Promise<Rehearsed> {
  try {
    return await rehearseReadable(payload, parts);
  } catch (error) {
    if (!(error instanceof FeishuEventError)) throw error;
    if (error.fault === 'nobody') return { lines: [texts.nobody], files: [] };
    const isOther = error.fault === 'app';
    const own = parts.config.feishu?.appId ?? '';
    throw new DocumentError(isOther ? texts.otherApp(error.place, own) : texts.notEvent(error.place), { cause: error });
  }
}

async function rehearseReadable(payload: unknown, parts: ReplayParts): Promise<Rehearsed> {
  const noted: Noted[] = [];
  const bot = botOn(payload, { ...parts, store: rehearsing(parts.store, noted) });
  const reasons: unknown[] = [];
  const info = (fields: object): unknown => reasons.push(Reflect.get(fields, 'reason'));
  const incoming = await readEvent(payload, { ...bot, log: { ...bot.log, info } });
  const { event_type: type } = readEnvelope(payload).header;
  if (incoming === null) return { lines: [texts.passedOver(type, String(reasons[0]))], files: [] };
  const files = incoming.type === 'message' ? incoming.files.map(({ name }) => name) : [];
  const head = [texts.head(type, incoming.at), ...describe(incoming)];
  const claimed = await parts.store.read((view) => view.get(claims, `${incoming.messenger}:${incoming.id}`));
  if (claimed !== undefined) return { lines: [...head, texts.again], files: [] };
  const answer = await bot.handler(incoming);
  const who = incoming.type === 'happening' ? [] : [await nameSender(parts.store, incoming, noted)];
  return { lines: [...head, ...who, ...describeChanges(noted), ...describeAnswer(answer, noted)], files };
}

/** What a transaction that went through has done. */
interface Noted {
  actor: string | null;
  command: string | null;
  readonly changes: Map<string, string>;
  readonly sent: OutboxRow[];
}

/** The store as it would be: each transaction sees what it writes, is noted when it goes through, and is not kept. */
function rehearsing(store: Store, noted: Noted[]): Store {
  const blobs = new Map<string, Uint8Array>();
  const transaction: Store['transaction'] = (cause, work) =>
    store.read(async (view) => {
      const tx = rehearse(view, cause);
      const note: Noted = { actor: null, command: null, changes: new Map(), sent: [] };
      const noteRow = <T extends object>(collection: Collection<T>, row: T): void => {
        if (collection.name === 'outbox') note.sent.push(outboxSchema.parse(row));
        else if (collection.kept === 'ledger') {
          note.changes.set(`${collection.name} ${keyOf(collection, row)}`, collection.name);
        }
      };
      const result = await work({
        ...tx,
        attribute: ({ actor = note.actor, what = note.command }) => Object.assign(note, { actor, command: what }),
        put: async (collection, row) => {
          await tx.put(collection, row);
          noteRow(collection, row);
        },
        insert: async (collection, row) => {
          const isNew = await tx.insert(collection, row);
          if (isNew) noteRow(collection, row);
          return isNew;
        },
      });
      noted.push(note);
      return result;
    });
  return {
    ...withTransactions(store, transaction),
    blobs: {
      put: async (bytes) => {
        const sum = hash('sha256', bytes);
        blobs.set(sum, bytes);
        return sum;
      },
      get: async (sum) => blobs.get(sum) ?? store.blobs.get(sum),
      remove: async (sum) => void blobs.delete(sum),
      list: async () => [...blobs.keys(), ...(await store.blobs.list())],
    },
  };
}

function describe(incoming: Incoming | Happening): string[] {
  switch (incoming.type) {
    case 'message': {
      const names = incoming.files.map(({ name }) => name);
      return [texts.said(incoming.text), ...(names.length === 0 ? [] : [texts.files(names)])];
    }
    case 'action':
      return [
        texts.pressed(JSON.stringify(incoming.press ?? null)),
        ...(Object.keys(incoming.form).length === 0 ? [] : [texts.filled(JSON.stringify(incoming.form))]),
      ];
    case 'happening':
      return [texts.happened(JSON.stringify(incoming.what))];
  }
}

async function nameSender(store: Store, { sender, chat }: Incoming, noted: readonly Noted[]): Promise<string> {
  const staffNo = noted.findLast(({ actor }) => actor !== null)?.actor ?? null;
  const cadre = staffNo === null ? undefined : await store.read((view) => view.get(cadres, staffNo));
  const who = cadre === undefined ? texts.stranger(sender.id) : texts.person(cadre.name, cadre.staffNo, sender.id);
  return texts.from(who, chat.type === 'private' ? texts.privateChat : texts.group(chat.id));
}

function describeChanges(noted: readonly Noted[]): string[] {
  const command = noted.findLast((note) => note.command !== null)?.command ?? null;
  const counts = new Map<string, number>();
  const changes = new Map(noted.flatMap((note) => [...note.changes]));
  for (const name of changes.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...(command === null ? [] : [texts.command(command)]), texts.changes([...counts])];
}

function describeAnswer(answer: TapAnswer | null, noted: readonly Noted[]): string[] {
  const sent = noted.flatMap((note) => note.sent);
  if (answer === null && sent.length === 0) return [texts.nothing];
  return [
    ...(answer === null ? [] : [texts.toast(answer.toast.text)]),
    ...(answer?.card == null ? [] : [texts.card, indent(answer.card)]),
    ...sent.flatMap(({ target, reply }) => (reply === null ? [] : [texts.sends(target), indent(reply)])),
  ];
}

const indent = (reply: Reply): string => plainText(reply).replaceAll(/^/gm, '  ');
