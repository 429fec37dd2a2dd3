import type { Context } from 'koa';
import { renderSVG } from 'uqr';
import { checkInPageTexts as texts } from '../texts/sign-in.ts';
import { RequestError } from './body.ts';
import { protect } from './guard.ts';
import type { Route, Routes } from './routes.ts';

/** What the page of a 课次 shows on the projector. */
interface View {
  readonly course: string;
  readonly session: string;
  readonly code: string;
  readonly seconds: number;
  readonly expected: number;
  readonly there: number;
  readonly when: string;
}

export interface CheckInParts {
  /** Null: no such page, or not today. */
  readonly look: (token: string) => Promise<View | null>;
  /** Opens the chat with the bot, where the messenger has such a link. */
  readonly chatLink: string | null;
  /** The address of the page itself, for the picture where there is no such link. */
  readonly pageOf: (token: string) => string | null;
}

/** Seconds after which the page asks again. */
const again = 3;
const tokenShape = /^[\w-]{32}$/;

/**
 * The page for the projector: the code of this minute in large figures. It renews itself without a script, and no later
 * than the code changes.
 */
export function checkInRoutes({ look, chatLink, pageOf }: CheckInParts): Routes {
  const page: Route = async (ctx) => {
    protect(ctx);
    const [token = '', part, ...more] = ctx.path.slice('/check-in/'.length).split('/');
    const view = tokenShape.test(token) && more.length === 0 ? await look(token) : null;
    if (view === null) throw new RequestError(404, texts.gone);
    if (part === undefined) return send(ctx, 'text/html', pageFor(token, view, chatLink !== null));
    if (part !== 'qr.svg') throw new RequestError(404, texts.gone);
    return send(ctx, 'image/svg+xml', renderSVG(chatLink ?? pageOf(token) ?? ctx.path, { border: 2 }));
  };
  return {
    '/check-in/style.css': {
      GET: (ctx) => {
        protect(ctx);
        send(ctx, 'text/css', style);
      },
    },
    '/check-in/*': { GET: page },
  };
}

function send(ctx: Context, type: string, body: string): void {
  ctx.set({ 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' });
  ctx.body = body;
}

const pageFor = (token: string, view: View, opensChat: boolean): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="${Math.min(again, view.seconds)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${texts.title}</title>
<link rel="stylesheet" href="/check-in/style.css">
</head>
<body>
<h1>${escapeHtml(view.course)}</h1>
<h2>${escapeHtml(view.session)}</h2>
<main>
<figure><img src="/check-in/${token}/qr.svg" alt=""><figcaption>${opensChat ? texts.scan : texts.scanPage}</figcaption></figure>
<section>
<p class="code">${view.code.slice(0, 3)} ${view.code.slice(3)}</p>
<progress max="60" value="${view.seconds}"></progress>
<p>${texts.seconds(view.seconds)}</p>
<p class="counts">${texts.counts(view.there, view.expected)}</p>
</section>
</main>
<p>${escapeHtml(view.when)}</p>
</body>
</html>
`;

const escapeHtml = (words: string): string => words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const style = `body { margin: 4vh 4vw; font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; font-size: min(3vh, 4.5vw); color: #1f2329; background: #fff; text-align: center; }
h1 { margin: 0; font-size: min(6vh, 8vw); }
h2 { margin: 1vh 0 4vh; font-size: min(3.5vh, 5vw); font-weight: normal; color: #51565d; }
main { display: flex; flex-wrap: wrap; justify-content: center; align-items: center; gap: 6vw; }
figure { margin: 0; }
img { width: min(40vh, 60vw); height: min(40vh, 60vw); }
.code { margin: 0; font-size: min(18vh, 20vw); font-weight: bold; font-variant-numeric: tabular-nums; white-space: nowrap; }
.counts { font-size: min(5vh, 7vw); }
section { max-width: 100%; }
progress { width: 100%; height: 2vh; accent-color: #2b5fd9; }
`;
