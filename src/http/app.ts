import type { IncomingHttpHeaders } from 'node:http';
import Koa, { type Context, type Middleware } from 'koa';
import { StoreError } from '../store/store.ts';
import { webWords } from '../texts/web.ts';
import { listAssets } from './assets.ts';
import { type BodyLimits, RequestError, readBody } from './body.ts';
import { type CheckInParts, checkInRoutes } from './check-in.ts';
import { guard } from './guard.ts';
import { type Route, serveRoutes } from './routes.ts';
import { type SimulatorDesk, simulatorRoutes } from './simulator.ts';

export interface AppParts {
  /** `reasons` are sentences; empty when ready. */
  readonly health: () => { readonly ready: boolean; readonly reasons: readonly string[] };
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  readonly log: { error(fields: object, message: string): void };
  /** Ends open event streams, so that the server can close. */
  readonly stopping: AbortSignal;
  readonly simulator?: {
    readonly desk: SimulatorDesk;
    /** Where the built page lies. */
    readonly pageFolder: string;
    /** The address that the server listens on, a name of this page. */
    readonly host: string;
  };
  /** The pages that show codes for 签到 in a room. */
  readonly checkIn?: CheckInParts;
  /** What a platform posts to us goes in as its bytes and is answered; absent where nothing is posted. */
  readonly feishuWebhook?: Post;
  /** How much of it and how long is waited for; the platform itself waits three seconds. */
  readonly webhookLimits?: BodyLimits;
}

type Post = (request: { readonly headers: IncomingHttpHeaders; readonly body: Buffer }) => Promise<{
  readonly status: number;
  /** An object goes out as JSON, a sentence as text. */
  readonly body: object | string;
}>;

/** The web server's application. @throws Error when the simulator's page has not been built */
export function createApp({ health, metrics, log, stopping, simulator, ...parts }: AppParts): Koa {
  const app = new Koa();
  app.on('error', (error: NodeJS.ErrnoException) => {
    // A browser that leaves an event stream or a download is no fault of ours.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
      log.error({ err: error }, 'web request failed');
    }
  });
  app.use(answerErrors(log));
  app.use(
    serveRoutes({
      '/healthz': { GET: (ctx) => sendText(ctx, 200, 'ok') },
      '/readyz': {
        GET: (ctx) => {
          const { ready, reasons } = health();
          sendText(ctx, ready ? 200 : 503, ready ? 'ready' : reasons.join('\n'));
        },
      },
      '/metrics': {
        GET: async (ctx) => {
          ctx.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
          ctx.body = await metrics();
        },
      },
    }),
  );
  const { feishuWebhook, webhookLimits = { limit: 1_048_576, timeoutMs: 3000 } } = parts;
  if (feishuWebhook) app.use(serveRoutes({ '/feishu/webhook': { POST: takePost(feishuWebhook, webhookLimits) } }));
  if (simulator) app.use(guard(simulator.host));
  if (parts.checkIn) app.use(serveRoutes(checkInRoutes(parts.checkIn)));
  if (simulator) {
    const { desk, pageFolder } = simulator;
    app.use(serveRoutes(simulatorRoutes(desk, listAssets(pageFolder), stopping)));
  }
  app.use(() => {
    throw new RequestError(404, webWords.notFound);
  });
  return app;
}

const takePost =
  (post: Post, limits: BodyLimits): Route =>
  async (ctx) => {
    const { status, body } = await post({ headers: ctx.headers, body: await readBody(ctx.req, limits) });
    if (typeof body === 'string') return sendText(ctx, status, body);
    ctx.status = status;
    ctx.set({ 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
    ctx.body = JSON.stringify(body);
  };

/** Every refusal and failure as one plain sentence; nothing of a stack leaves the house. */
const answerErrors =
  (log: AppParts['log']): Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (error instanceof RequestError) {
        // What has not come by now is not waited for.
        if (!ctx.req.complete) ctx.set('Connection', 'close');
        sendText(ctx, error.status, error.message);
        return;
      }
      log.error({ err: error, path: ctx.path }, 'web request failed');
      if (error instanceof StoreError) sendText(ctx, 503, webWords.unavailable);
      else sendText(ctx, 500, webWords.failed);
    }
  };

function sendText(ctx: Context, status: number, text: string): void {
  ctx.status = status;
  ctx.set({
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  ctx.body = `${text}\n`;
}
