import { setMaxListeners } from 'node:events';
import type { Context } from 'koa';
import { z } from 'zod';
import { daySchema, staffNoSchema } from '../domain/schema.ts';
import { webWords } from '../texts/web.ts';
import type { Asset } from './assets.ts';
import { decodeUtf8, parseJson, RequestError, readBody } from './body.ts';
import type { Route, Routes } from './routes.ts';
import { streamEvents } from './sse.ts';

type Outcome = { readonly ok: true; readonly value?: unknown } | { readonly ok: false; readonly reason: string };

/** What the simulator lets its page do; answers are passed on as they are. */
export interface SimulatorDesk {
  state(): Promise<object>;
  chat(id: string, before?: number): Promise<object>;
  chips(id: string): Promise<object>;
  backstage(): Promise<object>;
  records(before: number): Promise<object>;
  says(person: string, text: string, chat: string): Promise<Outcome>;
  sendsFile(person: string, file: { name: string; bytes: Uint8Array }, chat: string): Promise<Outcome>;
  taps(person: string, messageId: string, press: unknown, form: Record<string, unknown>): Promise<Outcome>;
  move(move: Move): Promise<Outcome>;
  reset(): Promise<Outcome>;
  file(messageId: string, blob: string): Promise<{ name: string; bytes: Uint8Array } | undefined>;
  subscribe(listener: (event: object) => void): () => void;
}

const moveSchema = z.discriminatedUnion('step', [
  z.object({ step: z.enum(['hour', 'day', 'month']) }),
  z.object({ step: z.literal('date'), day: daySchema }),
]);
type Move = z.output<typeof moveSchema>;

const person = staffNoSchema;
const chat = z.string().min(1).max(60);
const messageSchema = z.object({ person, chat, text: z.string().min(1) });
const tapSchema = z.object({
  person,
  messageId: z.string().max(60),
  press: z.json(),
  form: z.record(z.string(), z.json()).default({}),
});
const uploadSchema = z.object({ person, chat, name: z.string().min(1).max(200) });
const chatSchema = z.object({ id: chat, before: z.coerce.number().int().positive().optional() });

const recordsSchema = z.object({ before: z.coerce.number().int().positive() });

const jsonLimits = { limit: 1_048_576, timeoutMs: 10_000 };
/** Pages that are open at the same time: each holds a connection for good. */
const mostPages = 100;
const uploadLimits = { limit: 20 * 1_048_576, timeoutMs: 60_000 };

/** The page's files, and what it asks for. */
export function simulatorRoutes(
  desk: SimulatorDesk,
  assets: ReadonlyMap<string, Asset>,
  stopping: AbortSignal,
): Routes {
  const pages = [...assets].map(([path, asset]): [string, { GET: Route }] => [path, { GET: serveAsset(asset) }]);
  setMaxListeners(mostPages, stopping);
  let openPages = 0;
  const subscribe: SimulatorDesk['subscribe'] = (listener) => {
    if (openPages >= mostPages) throw new RequestError(503, webWords.tooManyPages);
    openPages += 1;
    const unsubscribe = desk.subscribe(listener);
    return () => {
      openPages -= 1;
      unsubscribe();
    };
  };
  return {
    ...Object.fromEntries(pages),
    '/simulator/state': { GET: async (ctx) => sendJson(ctx, await desk.state()) },
    '/simulator/chat': {
      GET: async (ctx) => {
        const { id, before } = check(chatSchema, { ...ctx.query });
        sendJson(ctx, await desk.chat(id, before));
      },
    },
    '/simulator/chips': { GET: async (ctx) => sendJson(ctx, await desk.chips(check(chatSchema, { ...ctx.query }).id)) },
    '/simulator/backstage': { GET: async (ctx) => sendJson(ctx, await desk.backstage()) },
    '/simulator/records': {
      GET: async (ctx) => sendJson(ctx, await desk.records(check(recordsSchema, { ...ctx.query }).before)),
    },
    '/simulator/events': { GET: (ctx) => streamEvents(ctx, subscribe, stopping) },
    '/simulator/message': {
      POST: async (ctx) => {
        const { person: who, text, chat: where } = await readJson(ctx, messageSchema);
        sendOutcome(ctx, await desk.says(who, text, where));
      },
    },
    '/simulator/tap': {
      POST: async (ctx) => {
        const { person: who, messageId, press, form } = await readJson(ctx, tapSchema);
        sendOutcome(ctx, await desk.taps(who, messageId, press, form));
      },
    },
    '/simulator/upload': {
      POST: async (ctx) => {
        requireType(ctx, 'application/octet-stream');
        const { person: who, chat: where, name } = check(uploadSchema, { ...ctx.query });
        const bytes = await readBody(ctx.req, uploadLimits);
        sendOutcome(ctx, await desk.sendsFile(who, { name: fileName(name), bytes }, where));
      },
    },
    '/simulator/clock': { POST: async (ctx) => sendOutcome(ctx, await desk.move(await readJson(ctx, moveSchema))) },
    '/simulator/reset': {
      POST: async (ctx) => {
        await readJson(ctx, z.object({}));
        sendOutcome(ctx, await desk.reset());
      },
    },
    '/simulator/files/*': {
      GET: async (ctx) => {
        const [messageId = '', blob = ''] = ctx.path.slice('/simulator/files/'.length).split('/');
        const file = await desk.file(messageId, blob);
        if (file === undefined) throw new RequestError(404, webWords.fileGone);
        ctx.set({
          'Content-Type': isPng(file.bytes) ? 'image/png' : 'application/octet-stream',
          'Cache-Control': 'private, max-age=3600',
        });
        ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeName(fileName(file.name))}`);
        ctx.body = Buffer.from(file.bytes);
      },
    },
  };
}

const serveAsset =
  (asset: Asset): Route =>
  async (ctx) => {
    ctx.set({ 'Content-Type': asset.type, 'Cache-Control': asset.cacheControl });
    ctx.body = await asset.read();
  };

function sendJson(ctx: Context, value: object): void {
  ctx.set({ 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  ctx.body = JSON.stringify(value);
}

/** What was refused for a reason is 409, so that the page shows the sentence. */
function sendOutcome(ctx: Context, outcome: Outcome): void {
  if (!outcome.ok) throw new RequestError(409, outcome.reason);
  sendJson(ctx, { value: outcome.value ?? null });
}

/** A type that no foreign form can send without asking first. @throws RequestError 415 */
function requireType(ctx: Context, type: string): void {
  if (ctx.request.type !== type) throw new RequestError(415, webWords.wrongType);
}

async function readJson<S extends z.ZodType>(ctx: Context, schema: S): Promise<z.output<S>> {
  requireType(ctx, 'application/json');
  return check(schema, parseJson(decodeUtf8(await readBody(ctx.req, jsonLimits))));
}

function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw new RequestError(400, webWords.wrongShape);
  return result.data;
}

/** The last part of a path, without what file systems, headers and eyes are misled by. */
const fileName = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '_') || 'file';

const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** By what it begins with, not by its name: the page shows it as a picture. */
const isPng = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 8)).toString('hex') === '89504e470d0a1a0a';
