import type { Clock } from '../../clock.ts';
import type { Instant } from '../../domain/day.ts';
import type { Happening, Incoming, IncomingFile, Sender } from '../messenger.ts';
import { type Envelope, FeishuEventError, instantOf } from './envelope.ts';

export interface FeishuFiles {
  /** Streams an attachment of a message into blobs. */
  download(messageId: string, fileKey: string, type: 'file' | 'image', name: string): Promise<IncomingFile>;
}

export interface PrivateChats {
  /** Whether a chat is the one that this person alone has with the bot. */
  isPrivate(chatId: string, openId: string): Promise<boolean>;
  remember(chatId: string, openId: string): Promise<void>;
}

/** The name of a person's own chat with the bot, whatever the platform calls it: a press of the menu names none. */
export const privateChatOf = (openId: string): string => `p2p:${openId}`;

/** What reading an event needs besides the event. */
export interface EventParts {
  readonly appId: string;
  readonly clock: Clock;
  readonly files: FeishuFiles;
  /** Whether anything becomes of somebody's files; what a stranger sends is not fetched. Absent: of everybody's. */
  readonly takesFilesFrom?: (sender: Sender) => Promise<boolean>;
  readonly privateChats: PrivateChats;
  /** Null until the platform has told it. */
  readonly botOpenId: () => string | null;
  /** Names of departments. @throws when the platform cannot be asked; it then delivers the event again */
  readonly unitNames: (departmentIds: readonly string[]) => Promise<readonly string[]>;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

/** Reads the events of one type. @throws FeishuEventError when it is not of their shape */
export type Read = (event: object, envelope: Envelope, parts: EventParts) => Promise<Incoming | Happening | null>;

export const feishu = 'feishu';

/** Why an event is nothing for the bot. */
type PassedOver = 'unknown type' | 'not from a person' | 'does not name the bot' | 'added by nobody' | 'not finished';

export function passOver({ log }: EventParts, event: string, reason: PassedOver): null {
  log.info({ event, reason }, 'event passed over');
  return null;
}

/** @throws FeishuEventError */
export function senderOf(
  person: { readonly open_id: string | null; readonly user_id: string | null } | null | undefined,
  name: string | null,
): Sender {
  const id = person?.open_id ?? null;
  if (id === null) throw new FeishuEventError('shape', 'open_id');
  return { id, userId: person?.user_id ?? null, name, privateChat: privateChatOf(id) };
}

/**
 * A sender as far as the tenant is ours: another tenant gives its own people the same user ids, and whoever comes from
 * there by way of a shared group is not the one on the roster.
 */
export const ownUserId = (
  sender: Sender,
  theirs: string | null | undefined,
  { header: { tenant_key: ours } }: Envelope,
): Sender => (theirs == null || ours == null || theirs === ours ? sender : { ...sender, userId: null });

/** When it happened; now, when the platform does not say. */
export const timeOf = (time: string | number | null | undefined, { clock }: EventParts): Instant =>
  time == null ? clock.now() : instantOf(time);
