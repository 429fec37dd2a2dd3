/** The platform's words for what it refuses, as its documents list them. */
const words: Readonly<Record<number, string>> = {
  10003: 'invalid param',
  10014: 'app secret invalid',
  41012: 'user id invalid error',
  43007: 'department not found',
  230001: 'Your request contains an invalid request parameter',
  230002: 'Bot/User can NOT be out of the chat.',
  230011: 'The message is recalled.',
  230012: 'Bot is NOT the sender of the message.',
  230013: 'Bot has NO availability to this user.',
  230020: 'This operation triggers the frequency limit.',
  230023: 'The user has too many unread urgent messages.',
  230024: 'Reach the upper limit of urgent message.',
  230025: 'The length of the message content reaches its limit.',
  230028: 'The messages do NOT pass the audit',
  230029: 'User has resigned.',
  230031: 'The message is sent too long ago, which exceeds the limit.',
  230034: 'The receive_id is invalid.',
  230049: 'The message is being sent.',
  230053: 'The user has stopped the bot from sending messages.',
  230054: 'This operation is not supported for this message type.',
  230055: 'The type of file upload does not match the type of message being sent.',
  230071: 'The operator is not the sender of the message.',
  230072: 'The message has reached the number of times it can be edited.',
  232006: 'Your request specifies a chat_id which is invalid.',
  232009: 'Your request specifies a chat which has already been dissolved.',
  232011: 'Operator can NOT be out of the chat.',
  234001: 'Invalid request param.',
  234003: 'File not in message.',
  234004: 'App not in chat.',
  234006: 'The file size exceed the max value.',
  234010: "File's size can't be 0.",
  234011: "Can't regonnize the image format.",
  99991400: 'request trigger frequency limit',
  99991661: 'Missing access token for authorization. Please make a request with token attached.',
  99991663: 'Invalid access token for authorization. Please make a request with token attached.',
  99991672: 'Access denied. One of the following scopes is required',
  99992351: 'not a valid {open_id} or not exists',
  99992354: 'not a valid {message_id} or not exists',
  99992361: 'open_id cross app',
  99992402: 'field validation failed',
};

interface RefusalOptions {
  /** HTTP; the platform answers most refusals with 400. */
  readonly status?: number;
  /** What follows the words: `, ext=…`. */
  readonly ext?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Beside `log_id` in `error`. */
  readonly detail?: object;
}

/** Not done, and why: HTTP status, code and words. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly detail: object;

  constructor(code: number, options: RefusalOptions = {}) {
    const said = options.message ?? words[code] ?? 'internal error';
    super(options.ext === undefined ? said : `${said}, ext=${options.ext}`);
    this.code = code;
    this.status = options.status ?? 400;
    this.headers = options.headers ?? {};
    this.detail = options.detail ?? {};
  }
}

/** A field that is missing, of the wrong type or too long: found by the gateway before the service sees the call. */
export const invalidField = (field: string, description: string): Refusal =>
  new Refusal(99992402, { detail: { field_violations: [{ field, description }] } });

/** What a route answers: JSON, or bytes for a download. */
export type Answer =
  | { readonly json: object }
  | { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> };

export const done = (data?: object): Answer => ({ json: { code: 0, msg: 'success', data: data ?? {} } });
