import { isIP, isIPv4 } from 'node:net';
import type { Context, Middleware } from 'koa';
import { webWords } from '../texts/web.ts';
import { RequestError } from './body.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const anyAddress = ['0.0.0.0', '::'];

/** Whether only this machine reaches what listens on `host`. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** Nothing from elsewhere, no inline script or style, in nobody's frame. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * For pages that act without a login: whoever can make a browser send a request must not be heard. Only this machine's
 * names and the configured `host` are answered, so that a foreign name that is made to point here (DNS rebinding) is
 * not; changes are taken from our own page alone. When `host` is the wildcard address, plain IP addresses are fine, too.
 *
 * Programs without a browser's headers (curl, tests) pass.
 */
export function guard(host: string): Middleware {
  const allowed = new Set([...loopback, host.includes(':') ? `[${host}]` : host.toLowerCase()]);
  const addressesToo = anyAddress.includes(host);
  return async (ctx, next) => {
    protect(ctx);
    const name = hostName(ctx.get('Host'));
    if (!allowed.has(name) && !(addressesToo && isIP(name.replace(/^\[|\]$/g, '')) > 0)) {
      throw new RequestError(403, webWords.wrongHost);
    }
    if (ctx.method === 'POST' && !isOwn(ctx)) throw new RequestError(403, webWords.wrongOrigin);
    await next();
  };
}

export function protect(ctx: Context): void {
  ctx.set({
    'Content-Security-Policy': contentPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
}

const hostName = (host: string): string => host.toLowerCase().replace(/:\d+$/, '');

function isOwn(ctx: Context): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  if (site !== '' && site !== 'same-origin') return false;
  const origin = ctx.get('Origin');
  return origin === '' || origin === `http://${ctx.get('Host')}` || origin === `https://${ctx.get('Host')}`;
}
