import type { Clock } from '../clock.ts';
import type { Cadre } from '../domain/cadre.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { PolicyBook } from '../domain/policy.ts';
import type { Chat, Handler, Happening, Incoming, TapAnswer } from '../messenger/messenger.ts';
import { enqueue, enqueueOwn, nextPlace, type Outgoing } from '../messenger/outbox.ts';
import { invocationSchema, type Reply, text as say, withLine } from '../messenger/reply.ts';
import { type Cause, type Store, StoreError, type Transaction } from '../store/store.ts';
import { botTexts as texts } from '../texts/bot.ts';
import { cadreStateNames } from '../texts/glossary.ts';
import { dialogTexts } from '../texts/hours.ts';
import { audienceName } from '../texts/rights.ts';
import { answerTap } from './answer.ts';
import { claim } from './claims.ts';
import type { Command } from './command.ts';
import type { Context } from './context.ts';
import { checkInPage } from './course/check-in-page.ts';
import { mayCall } from './course/tutor.ts';
import {
  closeDialog,
  type DialogPlace,
  findDialog,
  findEnd,
  findLast,
  findOffers,
  holdPlace,
  keepOffers,
  openDialog,
} from './dialogs.ts';
import { happen } from './happenings/happen.ts';
import type { WorkbookReader } from './importing/preview.ts';
import { readPress, readText } from './interpret.ts';
import { findCadre } from './people.ts';
import { type AttachmentReader, type Prepared, prepare } from './prepare.ts';
import { recognise } from './recognise.ts';
import { type RulesInForce, rulesInForce } from './rules/in-force.ts';

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
  /** Where browsers reach the bot, without a slash at its end; null or absent: nowhere. */
  readonly publicUrl?: () => string | null;
  /** Something is in the queue. */
  readonly wake: () => void;
  /** Told of everything that has become durable; `command`: what it meant, if it meant one. */
  readonly count?: (handled: Handled) => void;
}

/** What became of something that came in, for whoever watches from outside. */
export interface Handled {
  readonly messenger: string;
  readonly type: Incoming['type'] | Happening['type'];
  readonly command: string | null;
  readonly isRepeated: boolean;
}

/**
 * The way in: what came in becomes one command and runs in one transaction with its claim, its changes and its answer.
 * Holds the only catch-all: a fault is answered with a number that stands in the log, never with a stack.
 */
export function createDispatcher(parts: DispatcherParts): Handler {
  const { store, clock, log } = parts;
  const rules = rulesInForce(parts.policies);

  return async (incoming) => {
    const now = clock.now();
    const cause = causeOf(incoming, now);
    try {
      if (incoming.type === 'happening') {
        const isNew = await store.transaction(cause, (tx) => witness(tx, incoming, now, rules));
        note(parts, incoming, isNew ? { command: null } : null);
        return null;
      }
      const prepared = await prepare(parts, incoming, now);
      const acted = await store.transaction(cause, (tx) => act(parts, tx, incoming, now, prepared, rules));
      note(parts, incoming, acted);
      return acted?.tap ?? null;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const incident = await store.transaction({ ...cause, what: 'incident' }, async (tx) => {
        const number = await tx.nextNumber('incidents');
        await claim(tx, incoming, now);
        if (incoming.type === 'message')
          await enqueue(tx, answerTo(incoming, incoming.chat, say(texts.failed(number))));
        return number;
      });
      log.error({ incident, id: incoming.id, err: error }, 'command failed');
      return incoming.type === 'action' ? { toast: { tone: 'bad', text: texts.failed(incident) }, card: null } : null;
    } finally {
      parts.wake();
    }
  };
}

/** The delivery's id is also in the key of its answer: one thread from the event to the message. */
function note(
  { log, count }: DispatcherParts,
  { id, messenger, type }: Incoming | Happening,
  done: { readonly command: string | null } | null,
): void {
  const command = done?.command ?? null;
  log.info({ id, messenger, type, command, isRepeated: done === null }, 'handled');
  count?.({ messenger, type, command, isRepeated: done === null });
}

function causeOf(incoming: Incoming | Happening, now: Instant): Cause {
  const { messenger, id: ref } = incoming;
  if (incoming.type === 'happening') return { actor: 'system', via: 'event', what: incoming.what.type, ref, at: now };
  const { userId, id } = incoming.sender;
  return { actor: userId ?? `${messenger}:${id}`, via: incoming.type, what: '', ref, at: now };
}

/** @returns false when it has been told before */
async function witness(tx: Transaction, happening: Happening, now: Instant, rules: RulesInForce): Promise<boolean> {
  const [isNew, policies] = await Promise.all([claim(tx, happening, now), rules(tx)]);
  if (!isNew) return false;
  const { messenger } = happening;
  const today = dayOf(now);
  await happen(
    {
      tx,
      now,
      today,
      policies,
      policy: policies.at(today),
      messenger,
      tell: (staffNo, reply, about) => enqueue(tx, { ...about, messenger, to: { type: 'cadre', staffNo }, reply }),
    },
    happening,
  );
  return true;
}

/** What was done: the answer to a tap, and the command that it was. */
interface Acted {
  readonly tap: TapAnswer | null;
  readonly command: string | null;
}

/** @returns null when it has been delivered before */
async function act(
  parts: DispatcherParts,
  tx: Transaction,
  incoming: Incoming,
  now: Instant,
  prepared: Prepared,
  rules: RulesInForce,
): Promise<Acted | null> {
  // What nearly everything needs is asked for at once.
  const [isNew, policies] = await Promise.all([
    claim(tx, incoming, now),
    rules(tx),
    findCadre(tx, incoming.messenger, incoming.sender),
    holdPlace(tx, placeOf(incoming), now),
  ]);
  if (!isNew) return null;
  const person = await recognise(tx, incoming.messenger, incoming.sender);
  const cadre = person?.state === 'active' ? person : null;
  if (cadre !== null) tx.attribute({ actor: cadre.staffNo });
  const lost: string[] = [];
  const contextIn = (chat: Chat): Context =>
    createContext(parts, tx, { ...incoming, chat }, now, cadre, prepared, policies, lost);
  const hasLeft = person !== null && cadre === null && incoming.chat.type === 'private';
  const [{ reply: said, chat, command }, place] = await Promise.all([
    hasLeft
      ? { reply: say(texts.inactive(cadreStateNames[person.state])), chat: incoming.chat, command: null }
      : respond(parts, contextIn, incoming, cadre),
    // Only a message is sure of an answer in the queue.
    incoming.type === 'message' ? nextPlace(tx) : undefined,
  ]);
  const { draftMinutes: minutes } = policies.at(dayOf(now));
  const reply = lost[0] === undefined ? said : withLine(said, lost[0]);
  await keepOffers(tx, placeOf({ ...incoming, chat }), reply, { now, minutes });
  const isElsewhere = chat !== incoming.chat;
  if (incoming.type === 'message') {
    await enqueueOwn(tx, answerTo(incoming, chat, reply), place);
    if (isElsewhere) await enqueueOwn(tx, answerTo(incoming, incoming.chat, say(texts.answeredInPrivate), ':group'));
    return { tap: null, command };
  }
  if (isElsewhere) {
    await enqueueOwn(tx, answerTo(incoming, chat, reply));
    return { tap: { toast: { tone: 'info', text: texts.answeredInPrivate }, card: null }, command };
  }
  const press = invocationSchema.safeParse(incoming.press);
  const tap = await answerTap(reply, {
    keep: press.success && press.data.keep === true,
    below: (message) => enqueueOwn(tx, answerTo(incoming, chat, message)),
  });
  return { tap, command };
}

const placeOf = ({ messenger, chat, sender }: Incoming): DialogPlace => ({
  messenger,
  chat: chat.id,
  sender: sender.id,
});

/** An answer goes into the group, or to the very account that wrote. */
const answerTo = ({ messenger, id, sender }: Incoming, chat: Chat, reply: Reply, part = ''): Outgoing => ({
  key: `answer:${messenger}:${id}${part}`,
  messenger,
  to: chat.type === 'group' ? { type: 'chat', id: chat.id } : { type: 'person', id: sender.id },
  purpose: 'answer',
  reply,
});

/** What is answered, and where: what concerns a person goes to their private chat, wherever it was asked. */
async function respond(
  parts: DispatcherParts,
  contextIn: (chat: Chat) => Context,
  incoming: Incoming,
  cadre: Cadre | null,
): Promise<{ reply: Reply; chat: Chat; command: string | null }> {
  const { chat: asked, sender } = incoming;
  const isGroup = asked.type === 'group';
  if (isGroup && cadre === null) return { reply: say(texts.strangerInGroup), chat: asked, command: null };
  const here = contextIn(asked);
  const found = incoming.type === 'action' ? readPress(parts.commands, incoming) : await readText(here, incoming);
  const meant = 'reply' in found ? found.about : found.command;
  const isPrivate = isGroup && meant?.where === 'private';
  const chat: Chat = isPrivate ? { id: sender.privateChat, type: 'private' } : asked;
  if (meant !== undefined) here.tx.attribute({ what: meant.name });
  const about = { chat, command: meant?.name ?? null };
  if ('reply' in found) return { ...about, reply: cadre === null ? say(texts.stranger) : found.reply };
  const { command, args } = found;
  const context = isPrivate ? contextIn(chat) : here;
  if (cadre !== null) return { ...about, reply: await runCommand(context, command, args, incoming.type === 'message') };
  return { ...about, reply: (await command.runForStranger?.(context, args)) ?? say(texts.stranger) };
}

/** One authorisation for text, form and button. */
async function runCommand(context: Context, command: Command, args: object, isTyped = false): Promise<Reply> {
  if (!(await mayCall(context.tx, command.who, context.me)))
    return say(texts.forbidden(command.name, audienceName(command.who)));
  const reply = await command.execute(context, args, isTyped);
  if (reply !== null) return reply;
  return say(isTyped ? texts.unfit(command.name, command.examples.at(-1) ?? command.name) : texts.oldCard);
}

function createContext(
  { commands, publicUrl }: DispatcherParts,
  tx: Transaction,
  incoming: Incoming,
  now: Instant,
  cadre: Cadre | null,
  prepared: Prepared,
  policies: PolicyBook,
  /** Takes a sentence about the draft that another one takes the place of. */
  lost: string[],
): Context {
  const { messenger, chat, sender } = incoming;
  const place = placeOf(incoming);
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
    checkInPage: (token) => checkInPage(publicUrl?.() ?? null, token),
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
    ask: async (asked) => {
      const opened = await openDialog(tx, place, { ...asked, now, minutes: policy.draftMinutes });
      if (opened.lost !== null) lost.push(dialogTexts.lost(opened.lost, asked.command));
      return opened.id;
    },
    question: () => findDialog(tx, place, now),
    offers: () => findOffers(tx, place, now),
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
