import type { Cadre } from '../domain/cadre.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Policy, PolicyBook } from '../domain/policy.ts';
import type { Chat, IncomingFile, Sender } from '../messenger/messenger.ts';
import type { Outgoing } from '../messenger/outbox.ts';
import type { Reply } from '../messenger/reply.ts';
import type { Transaction } from '../store/store.ts';
import type { Command } from './command.ts';
import type { Asked, Dialog, DialogEnd, Offers } from './dialogs.ts';
import type { ImportPreview } from './importing/preview.ts';
import type { LongText, ReadFile } from './prepare.ts';

/** What a command gets when the sender is not on the roster. */
export interface StrangerContext {
  readonly tx: Transaction;
  readonly now: Instant;
  readonly today: Day;
  /** The rules of the day. */
  readonly policy: Policy;
  readonly policies: PolicyBook;
  readonly messenger: string;
  readonly chat: Chat;
  readonly sender: Sender;
  readonly files: readonly IncomingFile[];
  /** The long text that came along, in the message, the form or the file. */
  readonly longText: LongText | null;
  /** Why the attached file could not be read. */
  readonly fileFault: string | null;
  /** The workbook that came along, read and planned. */
  readonly preview: ImportPreview | null;
  /** The workbook that came along for the command itself, as it reads it. */
  readonly workbook: ReadFile | null;
  readonly commands: readonly Command[];
  /** Puts a message to somebody else into the queue; false when its key is known already. */
  tell(
    staffNo: string,
    reply: Reply,
    about: Pick<Outgoing, 'key' | 'purpose' | 'notBefore' | 'notAfter' | 'urgent'>,
  ): Promise<boolean>;
  /** Puts a message to a group into the queue. */
  post(chat: { messenger: string; id: string }, reply: Reply, key: string): Promise<void>;
  /** Opens a question that the next message answers, or a draft that waits for 确认, in place of the open one; returns its number. */
  ask(asked: Asked): Promise<number>;
  /** The open question here, if there is one. */
  question(): Promise<Dialog | null>;
  /** What can be said here by the label of a button. */
  offers(): Promise<Offers>;
  /** The last question here, open or not, with what was known then. */
  lastQuestion(): Promise<Dialog | null>;
  /** How the question with this number ended, or without a number the last one; null when it is open or not known. */
  ended(draft?: number): Promise<DialogEnd | null>;
  closeQuestion(as?: 'submitted' | 'cancelled' | 'replaced'): Promise<void>;
}

/** What a happening is answered with: nobody has said anything, and there is no chat to answer in. */
export type HappeningContext = Pick<
  StrangerContext,
  'tx' | 'now' | 'today' | 'policy' | 'policies' | 'messenger' | 'tell'
>;

/** What a command gets: a transaction, the person, the rules of the day and `now`. */
export interface Context extends StrangerContext {
  readonly me: Cadre;
  /** The address of a page for the projector by its token; null where the bot has none that a classroom reaches. */
  checkInPage(token: string): string | null;
  /** Runs another command as this person, with its own authorisation: how 确认 ends in the command that was drafted. */
  run(command: string, args: object): Promise<Reply>;
}
