import { PassThrough } from 'node:stream';
import type { Context } from 'koa';

const heartbeatMs = 15_000;
/** A reader who is this many bytes behind is cut off; browsers come back and load the state anew. */
const mostBehind = 4 * 1_048_576;

/**
 * Answers with a stream of server-sent events, one JSON object each, until the client leaves or `stopping` says so.
 * `subscribe` registers a listener and returns the function that takes it away again.
 */
export function streamEvents(
  ctx: Context,
  subscribe: (listener: (event: object) => void) => () => void,
  stopping: AbortSignal,
): void {
  const stream = new PassThrough();
  const write = (text: string): void => {
    if (stream.writableLength > mostBehind) stream.destroy();
    else if (stream.writable) stream.write(text);
  };
  const unsubscribe = subscribe((event) => write(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
  const stop = (): void => void stream.end();
  stopping.addEventListener('abort', stop, { once: true });
  stream.once('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
    stopping.removeEventListener('abort', stop);
  });
  ctx.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
    // The connection ends with the stream: a server that closes need not wait for it to fall idle.
    Connection: 'close',
  });
  ctx.body = stream;
  write('retry: 1000\n\n');
  if (stopping.aborted) stop();
}
