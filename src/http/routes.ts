import type { Context, Middleware } from 'koa';
import { webWords } from '../texts/web.ts';
import { RequestError } from './body.ts';

export type Route = (ctx: Context) => Promise<void> | void;

/**
 * Path → method → route; a path that ends in `/*` takes whatever follows. HEAD is answered as GET. A known path with
 * another method is 405; unknown paths fall through.
 */
export type Routes = Readonly<Record<string, Readonly<Partial<Record<'GET' | 'POST', Route>>>>>;

export function serveRoutes(routes: Routes): Middleware {
  const byPath = new Map(Object.entries(routes));
  const prefixes = [...byPath].filter(([path]) => path.endsWith('/*'));
  return async (ctx, next) => {
    const found =
      byPath.get(ctx.path) ?? prefixes.find(([path]) => ctx.path.startsWith(path.slice(0, -1)))?.[1] ?? null;
    if (found === null) return next();
    const route = new Map(Object.entries(found)).get(ctx.method === 'HEAD' ? 'GET' : ctx.method);
    if (route === undefined) {
      ctx.set('Allow', Object.keys(found).join(', '));
      throw new RequestError(405, webWords.wrongMethod);
    }
    await route(ctx);
  };
}
