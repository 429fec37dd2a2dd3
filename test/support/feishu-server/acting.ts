import type { App } from './app.ts';
import type { Callbacks } from './callbacks.ts';
import type { Deliveries, Delivery } from './deliveries.ts';
import { envelope } from './events.ts';
import type { Files } from './files.ts';
import type { Messages } from './messages.ts';
import type { People } from './people.ts';
import type { Time } from './time.ts';
import type { Transport } from './transport.ts';

/**
 * What people do with their client touches all of this. Each act resolves when the bot has heard of it, or has failed to
 * for the first time.
 */
export interface Stage {
  readonly app: App;
  readonly time: Time;
  readonly people: People;
  readonly files: Files;
  readonly messages: Messages;
  readonly callbacks: Callbacks;
  readonly deliveries: Deliveries;
  readonly transport: () => Transport;
}

/** Tells the bot. */
export const tell = ({ app, time, deliveries }: Stage, eventType: string, event: object): Promise<Delivery> =>
  deliveries.send(envelope(app, eventType, time.now(), event));
