import type { Messenger } from './messenger.ts';
import type { Reply } from './reply.ts';

/** Makes the file that a `document` reply describes. */
export type RenderDocument = (document: Extract<Reply, { type: 'document' }>) => Promise<Reply>;

/**
 * A messenger that is handed documents as descriptions: the file is made when it is sent, outside any transaction,
 * and the platform sees a finished file.
 */
export function withDocuments(messenger: Messenger, render: RenderDocument): Messenger {
  return {
    name: messenger.name,
    idempotencyMs: messenger.idempotencyMs,
    rate: messenger.rate,
    start: (handler) => messenger.start(handler),
    send: async (to, reply, key, options) =>
      messenger.send(to, reply.type === 'document' ? await render(reply) : reply, key, options),
    ...(messenger.findPeople === undefined ? {} : { findPeople: messenger.findPeople.bind(messenger) }),
    status: () => messenger.status(),
    stop: () => messenger.stop(),
  };
}
