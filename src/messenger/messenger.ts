import type { Instant } from '../domain/day.ts';
import type { Reply } from './reply.ts';

/** Who sent something, as far as the platform says. `id` is the platform's own stable id within this app. */
export interface Sender {
  readonly id: string;
  /** The tenant's user id, which a college sets to the 工号. */
  readonly userId: string | null;
  readonly name: string | null;
  /** The chat that this person alone has with the bot. */
  readonly privateChat: string;
}

/** The platform cannot be asked for people (69); `message` is a sentence, `cause` the platform's fault. */
export class LookUpError extends Error {
  override readonly name = 'LookUpError';
}

export interface Chat {
  readonly id: string;
  readonly type: 'private' | 'group';
}

export interface IncomingFile {
  readonly name: string;
  /** Already stored; a hash of `store.blobs`. Empty when there is a `fault`. */
  readonly blob: string;
  readonly size: number;
  /** Why the platform did not hand the file over and what to do, in a sentence. */
  readonly fault?: string;
}

interface Delivery {
  readonly messenger: string;
  /** The platform's message id: the same again when it delivers again. For an action: message, action and operator. */
  readonly id: string;
  readonly at: Instant;
  readonly sender: Sender;
  readonly chat: Chat;
}

export interface IncomingMessage extends Delivery {
  readonly type: 'message';
  readonly text: string;
  readonly files: readonly IncomingFile[];
}

export interface IncomingAction extends Delivery {
  readonly type: 'action';
  /** The message whose card was tapped. */
  readonly messageId: string;
  /** As it came back from the platform: unchecked. */
  readonly press: unknown;
  readonly form: Readonly<Record<string, unknown>>;
}

/** What somebody said or tapped. */
export type Incoming = IncomingMessage | IncomingAction;

/** A person as a platform's directory tells of them. `units` are names. */
export interface DirectoryEntry {
  readonly id: string;
  readonly userId: string | null;
  readonly name: string | null;
  readonly units: readonly string[];
}

/** What happened on the platform without anybody saying it to the bot; its `id` is claimed like a message's. */
export interface Happening {
  readonly type: 'happening';
  readonly messenger: string;
  readonly id: string;
  readonly at: Instant;
  readonly what: /** Somebody opened the private chat; platforms tell it each time. */
    | { readonly type: 'entered'; readonly sender: Sender }
    /** The bot was added to a group. */
    | { readonly type: 'joined'; readonly chat: { readonly id: string; readonly name: string }; readonly by: Sender }
    /** The bot was removed from a group, or the group is no more. */
    | { readonly type: 'removed'; readonly chat: string }
    /** Somebody took back a message; `messageId` is the id under which it came in. */
    | { readonly type: 'recalled'; readonly messageId: string }
    | { readonly type: 'person-changed'; readonly person: DirectoryEntry }
    | { readonly type: 'person-left'; readonly person: DirectoryEntry }
    /** The platform's own courses tell how long somebody has learned; `record` is the registration's id. */
    | {
        readonly type: 'learned';
        readonly record: string;
        readonly person: Sender;
        readonly course: string;
        readonly seconds: number;
        readonly finishedAt: Instant;
      };
}

/** What travels back in the answer to a tap: a short word and, perhaps, the card in its new state. */
export interface TapAnswer {
  readonly toast: { readonly tone: 'info' | 'good' | 'bad'; readonly text: string };
  readonly card: Reply | null;
}

/**
 * Resolves when what came in is durable; then the platform is acknowledged. Resolves to null for messages (their
 * answer goes through the outbox), for happenings and for repeated deliveries.
 * @throws StoreError when nothing could be made durable: the platform must deliver again
 */
export type Handler = (incoming: Incoming | Happening) => Promise<TapAnswer | null>;

/** Where a message goes: a person by the platform's id, or a chat. */
export type Address = { readonly type: 'person'; readonly id: string } | { readonly type: 'chat'; readonly id: string };

export type SendOutcome =
  | { readonly ok: true; readonly messageId: string }
  /** Try again with the same key, not before `afterMs`. */
  | { readonly ok: false; readonly retry: true; readonly afterMs: number; readonly reason: string }
  /** Never: 停用机器人, 已离职, 不在可用范围. */
  | { readonly ok: false; readonly retry: false; readonly reason: string };

/** How a message is to arrive; `urgent`: 加急, the platform insists until it is read. */
export interface SendOptions {
  readonly urgent: boolean;
}

/** What a person may be looked up by. */
export interface Contact {
  readonly mobile: string | null;
  readonly email: string | null;
}

/** The port behind which a platform lives. One contract suite runs against every adapter. */
export interface Messenger {
  readonly name: string;
  /** Milliseconds within which sending again with the same key cannot double a message. */
  readonly idempotencyMs: number;
  /** Most messages a second: to one person or chat, and in all. */
  readonly rate: { readonly perTarget: number; readonly total: number };
  /** Starts to receive; resolves when it does. */
  start(handler: Handler): Promise<void>;
  /** Never throws for what the platform answers. */
  send(to: Address, reply: Reply, key: string, options?: SendOptions): Promise<SendOutcome>;
  /**
   * The platform's ids of people, in the order of `contacts`, however many; null where it knows nobody. Absent where the
   * platform has no such look-up. @throws LookUpError when the platform cannot be asked
   */
  findPeople?(contacts: readonly Contact[]): Promise<readonly (string | null)[]>;
  status(): { readonly ready: true } | { readonly ready: false; readonly reason: string };
  stop(): Promise<void>;
}
