import { type ChildProcess, fork } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { documentTexts } from '../texts/documents.ts';
import { createTurns } from '../turns.ts';
import { DocumentError } from './document-error.ts';

/**
 * Foreign files are parsed in a process of their own, with limits of memory and time and without our environment: a
 * thread would not do, since one that runs out of memory can take the whole process along (nodejs/node#47224).
 */
export const apartLimits = { heapMb: 256, timeoutMs: 30_000, atOnce: 2 } as const;

/** Many files at once must not become many processes at once. */
const inTurn = createTurns(apartLimits.atOnce);

type Answer<M> =
  | { readonly type: 'part'; readonly part: M }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'done' };

/**
 * Has the module at `url` work on what it is given, piece by piece, so that handing over a large thing holds nobody up;
 * resolves when it has handed over all parts.
 * @throws DocumentError when it refuses the file or breaks a limit; the signal's reason when called off
 */
export const runApart = <M>(
  url: string,
  given: Iterable<unknown>,
  onPart: (part: M) => void,
  signal?: AbortSignal,
): Promise<void> => inTurn(() => runNow(url, given, onPart, signal));

function runNow<M>(
  url: string,
  given: Iterable<unknown>,
  onPart: (part: M) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = fork(fileURLToPath(url), {
      execArgv: [`--max-old-space-size=${apartLimits.heapMb}`, ...loaderFor(url)],
      serialization: 'advanced',
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
      child.kill('SIGKILL');
    };
    const refuse = (reason: string): void => end(() => reject(new DocumentError(reason)));
    const abort = (): void => end(() => reject(signal?.reason));
    const timer = setTimeout(() => refuse(documentTexts.tooSlow), apartLimits.timeoutMs);
    signal?.addEventListener('abort', abort);
    child.on('message', (answer: Answer<M>) => {
      if (answer.type === 'part') onPart(answer.part);
      else if (answer.type === 'refused') refuse(answer.reason);
      else end(resolve);
    });
    child.on('error', (error) => end(() => reject(error)));
    // V8 ends a process that is out of memory with SIGABRT; everything else was answered before.
    child.on('exit', (_code, signalName) =>
      refuse(signalName === 'SIGABRT' ? documentTexts.tooMuchMemory : documentTexts.damaged),
    );
    handOver(child, given).catch((error: unknown) => end(() => reject(error)));
  });
}

async function handOver(child: ChildProcess, given: Iterable<unknown>): Promise<void> {
  for (const piece of given) {
    if (!child.connected) return;
    child.send({ piece });
    await nextTurn();
  }
  if (child.connected) child.send({ isWhole: true });
}

/** Makes the module at `url` one that `runApart` can run. What `work` throws, but for a DocumentError, means a damaged file. */
export function serveApart<G, M>(url: string, work: (given: G[], post: (part: M) => void) => Promise<void>): void {
  if (process.argv[1] !== fileURLToPath(url)) return;
  const answer = (message: Answer<M>): void => {
    process.send?.(message);
  };
  const given: G[] = [];
  process.on('message', async (message: { piece: G } | { isWhole: true }) => {
    if ('piece' in message) {
      given.push(message.piece);
      return;
    }
    try {
      await work(given, (part) => answer({ type: 'part', part }));
      answer({ type: 'done' });
    } catch (error) {
      answer({ type: 'refused', reason: error instanceof DocumentError ? error.message : documentTexts.damaged });
    }
  });
}

const loaderFor = (url: string): string[] => (url.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : []);
