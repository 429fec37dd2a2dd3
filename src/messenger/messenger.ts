import type { Instant } from '../domain/day.ts';
import type { Reply } from './reply.ts';

/** Who sent something, as far as the platform says. `id` is the platform's own stable id within this app. */
export interface Sender {
  readonly id: string;
  /** The tenant's user id, which a college sets to the 工号. */
  readonly userId: string | null;
  readonly name: string | null;
}

export interface Chat {
  readonly id: string;
  readonly type: 'private' | 'group';
}

export interface IncomingFile {
  readonly name: string;
  /** Already stored; a hash of `store.blobs`. */
  readonly blob: string;
  readonly size: number;
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

export type Incoming = IncomingMessage | IncomingAction;

/** What travels back in the answer to a tap: a short word and, perhaps, the card in its new state. */
export interface TapAnswer {
  readonly toast: { readonly tone: 'info' | 'good' | 'bad'; readonly text: string };
  readonly card: Reply | null;
}

/**
 * Resolves when what came in is durable; then the platform is acknowledged. Resolves to null for messages (their
 * answer goes through the outbox) and for repeated deliveries.
 * @throws StoreError when nothing could be made durable: the platform must deliver again
 */
export type Handler = (incoming: Incoming) => Promise<TapAnswer | null>;

/** Where a message goes: a person by the platform's id, or a chat. */
export type Address = { readonly type: 'person'; readonly id: string } | { readonly type: 'chat'; readonly id: string };

export type SendOutcome =
  | { readonly ok: true; readonly messageId: string }
  /** Try again with the same key, not before `afterMs`. */
  | { readonly ok: false; readonly retry: true; readonly afterMs: number; readonly reason: string }
  /** Never: 停用机器人, 已离职, 不在可用范围. */
  | { readonly ok: false; readonly retry: false; readonly reason: string };

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
  send(to: Address, reply: Reply, key: string): Promise<SendOutcome>;
  status(): { readonly ready: true } | { readonly ready: false; readonly reason: string };
  stop(): Promise<void>;
}
