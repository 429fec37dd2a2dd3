/** A call of the open platform as it came in, and how it was answered. */
export interface ApiRecord {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed where it was JSON. */
  readonly body: unknown;
  readonly at: number;
  /** HTTP status and code of the answer; null while there is none, and for good when it was lost. */
  status: number | null;
  code: number | null;
}

/** What goes wrong with a call. */
export type ApiFault =
  /** A code, with HTTP 400 or with `status`: 200 is what some calls answer. */
  | { readonly type: 'refused'; readonly code: number; readonly status?: number }
  /** HTTP 429 with the header that says when there is room again. */
  | { readonly type: 'rate-limited'; readonly resetSeconds: number }
  /** A gateway's page with this status: 502, 503, or 200 on a page that asks to sign in. */
  | { readonly type: 'html'; readonly status: number }
  | { readonly type: 'broken-json' }
  /** The connection breaks in the middle of the answer. */
  | { readonly type: 'cut-off' }
  /** Answered, but not before. */
  | { readonly type: 'slow'; readonly until: Promise<unknown> }
  /** All tokens die in mid-flight. */
  | { readonly type: 'token-dies' }
  /** The connection breaks before anything has happened … */
  | { readonly type: 'reset' }
  /** … or after it has: stored, but the caller never hears of it. */
  | { readonly type: 'answer-lost' };

/** What goes wrong with an event on its way to the bot. */
export type EventFault =
  /** Comes twice although it was acknowledged, the second time as the same event or, with the same message, as another. */
  | { readonly type: 'duplicate'; readonly as: 'same event' | 'another event' }
  | { readonly type: 'delayed'; readonly ms: number }
  /** The next event overtakes it. */
  | { readonly type: 'behind-next' }
  /** The bot's acknowledgement never arrives. */
  | { readonly type: 'ack-lost' }
  /** Long connection: in so many frames. */
  | { readonly type: 'fragmented'; readonly parts: number }
  /** Long connection: the socket breaks before the bot can acknowledge. */
  | { readonly type: 'socket-drops' };

/** What the endpoint of the long connection answers instead of an address. */
export interface EndpointFault {
  readonly code: number;
  /** Left out of the body altogether, as some answers are seen. */
  readonly withoutData?: boolean;
}

/** A fault that was switched on. */
export interface Switched {
  /** How often it has happened. */
  readonly happened: number;
  off(): void;
}

interface Rule<F, T> {
  readonly fault: F;
  readonly matches: (subject: T) => boolean;
  left: number;
  happened: number;
}

/** Faults of one kind, in the order in which they were switched on. */
class FaultList<F, T> {
  readonly #rules: Rule<F, T>[] = [];

  add(fault: F, matches: (subject: T) => boolean, times: number): Switched {
    const rule: Rule<F, T> = { fault, matches, left: times, happened: 0 };
    this.#rules.push(rule);
    return {
      get happened() {
        return rule.happened;
      },
      off: () => {
        rule.left = 0;
      },
    };
  }

  /** The first fault for `subject` that is of one of `kinds`; it has happened once more. */
  take(subject: T, isMeant: (fault: F) => boolean = () => true): F | undefined {
    const rule = this.#rules.find(({ left, fault, matches }) => left > 0 && isMeant(fault) && matches(subject));
    if (rule === undefined) return undefined;
    rule.left -= 1;
    rule.happened += 1;
    return rule.fault;
  }
}

export interface FaultOptions<T> {
  /** Which calls or events; all of them otherwise. */
  readonly when?: (subject: T) => boolean;
  /** Once when not said; `Infinity` until it is switched off. */
  readonly times?: number;
}

/** What tests switch on. */
export class Faults {
  readonly #api = new FaultList<ApiFault, ApiRecord>();
  readonly #events = new FaultList<EventFault, string>();
  readonly #endpoint = new FaultList<EndpointFault, null>();

  /** In calls of the open platform; sign-ins only when `when` says so. */
  inCalls(fault: ApiFault, options: FaultOptions<ApiRecord> = {}): Switched {
    return this.#api.add(fault, options.when ?? (({ path }) => !path.includes('/auth/')), options.times ?? 1);
  }

  /** In events, by their type such as `im.message.receive_v1`. */
  inEvents(fault: EventFault, options: FaultOptions<string> = {}): Switched {
    return this.#events.add(fault, options.when ?? (() => true), options.times ?? 1);
  }

  /** Where the long connection asks for its address. */
  inEndpoint(fault: EndpointFault, times = 1): Switched {
    return this.#endpoint.add(fault, () => true, times);
  }

  takeApi(call: ApiRecord): ApiFault | undefined {
    return this.#api.take(call);
  }

  takeEvent<K extends EventFault['type']>(eventType: string, type: K): Extract<EventFault, { type: K }> | undefined {
    const fault = this.#events.take(eventType, (one) => one.type === type);
    return fault as Extract<EventFault, { type: K }> | undefined;
  }

  takeEndpoint(): EndpointFault | undefined {
    return this.#endpoint.take(null);
  }
}
