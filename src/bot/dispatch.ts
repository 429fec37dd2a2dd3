import type { Clock } from '../clock.ts';
import type { Cadre } from '../domain/cadre.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { PolicyBook } from '../domain/policy.ts';
import type { Handler, Incoming, TapAnswer } from '../messenger/messenger.ts';
import { enqueue } from '../messenger/outbox.ts';
import { invocationSchema, type Reply, text as say } from '../messenger/reply.ts';
import { type Store, StoreError, type Transaction } from '../store/store.ts';
import { botTexts as texts } from '../texts/bot.ts';
import { cadreStateNames } from '../texts/glossary.ts';
import { audienceName } from '../texts/rights.ts';
import { answerTap } from './answer.ts';
import { claims } from './claims.ts';
import { type Command, mayUse } from './command.ts';
import type { Context } from './context.ts';
import { closeDialog, findDialog, findEnd, findLast, openDialog } from './dialogs.ts';
import type { WorkbookReader } from './importing/preview.ts';
import { readPress, readText } from './interpret.ts';
import { findCadre } from './people.ts';
import { type AttachmentReader, type Prepared, prepare } from './prepare.ts';
import { rulesInForce } from './rules/in-force.ts';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DispatcherParts {
  readonly store: Store;
  readonly commands: readonly Command[];
  /** As the files have them; what has been decided since is looked up in the store. */
  readonly policies: PolicyBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly readAttachment: AttachmentReader;
  readonly readWorkbook: WorkbookReader;
  /** Something is in the queue. */
  readonly wake: () => void;
}

/**
 * The way in: what came in becomes one command and runs in one transaction with its claim, its changes and its answer.
 * Holds the only catch-all: a fault is answered with a number that stands in the log, never with a stack.
 */
export function createDispatcher(parts: DispatcherParts): Handler {
  const { store, clock, log } = parts;
  const rules = rulesInForce(parts.policies);

  return async (incoming) => {
    if (incoming.type === 'happening') return null;
    const now = clock.now();
    const cause = {
      actor: incoming.sender.userId ?? `${incoming.messenger}:${incoming.sender.id}`,
      via: incoming.type,
      what: '',
      ref: incoming.id,
      at: now,
    } as const;
    try {
      const prepared = await prepare(parts, incoming, now);
      return await store.transaction(cause, async (tx) => act(parts, tx, incoming, now, prepared, await rules(tx)));
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const incident = await store.transaction({ ...cause, what: 'incident' }, async (tx) => {
        const number = await tx.nextNumber('incidents');
        await claim(tx, incoming, now);
        if (incoming.type === 'message') await answer(tx, incoming, say(texts.failed(number)));
        return number;
      });
      log.error({ incident, id: incoming.id, err: error }, 'command failed');
      return incoming.type === 'action' ? { toast: { tone: 'bad', text: texts.failed(incident) }, card: null } : null;
    } finally {
      parts.wake();
    }
  };
}

/** Claims a delivery; false when it was claimed before. */
async function claim(tx: Transaction, incoming: Incoming, now: Instant): Promise<boolean> {
  const { messenger, id } = incoming;
  if ((await tx.get(claims, `${messenger}:${id}`)) !== undefined) return false;
  await tx.put(claims, { messenger, id, at: now });
  return true;
}

async function act(
  parts: DispatcherParts,
  tx: Transaction,
  incoming: Incoming,
  now: Instant,
  prepared: Prepared,
  policies: PolicyBook,
): Promise<TapAnswer | null> {
  if (!(await claim(tx, incoming, now))) return null;
  const person = await findCadre(tx, incoming.messenger, incoming.sender);
  const cadre = person?.state === 'active' ? person : null;
  if (cadre !== null) tx.attribute({ actor: cadre.staffNo });
  const context = createContext(parts, tx, incoming, now, cadre, prepared, policies);
  const hasLeft = person !== null && cadre === null && incoming.chat.type === 'private';
  const reply = hasLeft
    ? say(texts.inactive(cadreStateNames[person.state]))
    : await respond(parts, context, incoming, cadre);
  if (incoming.type === 'message') {
    await answer(tx, incoming, reply);
    return null;
  }
  const press = invocationSchema.safeParse(incoming.press);
  return answerTap(reply, {
    keep: press.success && press.data.keep === true,
    below: (message) => answer(tx, incoming, message),
  });
}

/** An answer goes back to where it was asked: into the group, or to the very account that wrote. */
async function answer(tx: Transaction, incoming: Incoming, reply: Reply): Promise<void> {
  const { messenger, id, chat, sender } = incoming;
  await enqueue(tx, {
    key: `answer:${messenger}:${id}`,
    messenger,
    to: chat.type === 'group' ? { type: 'chat', id: chat.id } : { type: 'person', id: sender.id },
    purpose: 'answer',
    reply,
  });
}

async function respond(
  parts: DispatcherParts,
  context: Context,
  incoming: Incoming,
  cadre: Cadre | null,
): Promise<Reply> {
  const found = incoming.type === 'action' ? readPress(parts.commands, incoming) : await readText(context, incoming);
  if ('reply' in found) return cadre === null ? say(texts.stranger) : found.reply;
  const { command, args } = found;
  context.tx.attribute({ what: command.name });
  if (cadre === null) return (await command.runForStranger?.(context, args)) ?? say(texts.stranger);
  return runCommand(context, command, args);
}

/** One authorisation for text, form and button. */
async function runCommand(context: Context, command: Command, args: object): Promise<Reply> {
  if (!mayUse(command.who, context.me)) return say(texts.forbidden(command.name, audienceName(command.who)));
  if (context.chat.type === 'group' && command.where === 'private') return say(texts.privateOnly(command.name));
  return (await command.execute(context, args)) ?? say(texts.oldCard);
}

function createContext(
  { commands }: DispatcherParts,
  tx: Transaction,
  incoming: Incoming,
  now: Instant,
  cadre: Cadre | null,
  prepared: Prepared,
  policies: PolicyBook,
): Context {
  const { messenger, chat, sender } = incoming;
  const place = { messenger, chat: chat.id, sender: sender.id };
  const today = dayOf(now);
  const policy = policies.at(today);
  const context: Context = {
    tx,
    now,
    today,
    policy,
    policies,
    messenger,
    chat,
    sender,
    files: incoming.type === 'message' ? incoming.files : [],
    commands,
    // A stranger's context is never handed to a command's `run`: `respond` sends strangers another way.
    me: cadre as Cadre,
    tell: (staffNo, reply, about) => enqueue(tx, { ...about, messenger, to: { type: 'cadre', staffNo }, reply }),
    post: async (target, reply, key) => {
      await enqueue(tx, {
        key,
        messenger: target.messenger,
        to: { type: 'chat', id: target.id },
        purpose: 'notice',
        reply,
      });
    },
    ask: (asked) => openDialog(tx, place, { ...asked, now, minutes: policy.draftMinutes }),
    question: () => findDialog(tx, place, now),
    lastQuestion: () => findLast(tx, place),
    ended: (draft) => findEnd(tx, place, draft, now),
    closeQuestion: (as = 'cancelled') => closeDialog(tx, place, as, now),
    run: async (name, args) => {
      const command = commands.find((candidate) => candidate.name === name);
      return command === undefined ? say(texts.oldCard) : runCommand(context, command, args);
    },
    ...prepared,
  };
  return context;
}
