/** How long the platform waits for an answer to an event or a tap. */
export const answerWithinMs = 3000;

/** What came of one delivery. */
export type Outcome =
  /** HTTP 200, or code 200 in the acknowledgement; `body` is undefined where there is none. */
  | { readonly result: 'answered'; readonly body: unknown }
  /** HTTP 200 with something that is no JSON. */
  | { readonly result: 'unreadable' }
  /** Another status. */
  | { readonly result: 'refused'; readonly status: number }
  | { readonly result: 'no answer' | 'not connected' | 'unreachable' | 'unknown host' };

export interface Parcel {
  readonly eventId: string;
  readonly eventType: string;
  readonly envelope: object;
}

/** One of the two ways to the bot. */
export interface Transport {
  readonly name: 'long connection' | 'webhook';
  deliver(parcel: Parcel): Promise<Outcome>;
}
