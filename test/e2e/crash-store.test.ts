import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAll, type Store } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { bundleProgram } from '../support/bundle-program.ts';
import { type LedgerFolder, makeLedgerFolder } from '../support/ledger-folder.ts';
import { claims, contractCollections, events, people } from '../support/store-samples.ts';

const worker = await bundleProgram(fileURLToPath(new URL('../support/crash-worker.ts', import.meta.url)));
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 15);
const messagesPerRound = 1_000_000;

describe('kill -9 under load', () => {
  let folder: LedgerFolder;
  const acknowledged = new Set<number>();
  const starts: number[] = [];
  beforeAll(async () => {
    folder = await makeLedgerFolder();
  });
  afterAll(async () => {
    const longest = Math.max(...starts).toFixed(0);
    console.log(
      `${rounds} kills, ${acknowledged.size} messages acknowledged, longest start after a kill ${longest} ms`,
    );
    await folder.remove();
  });

  async function runAndKill(round: number): Promise<void> {
    const child = spawn(process.execPath, [worker, folder.directory, String(round * messagesPerRound)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const exit = once(child, 'close');
    await Promise.race([once(child.stdout, 'data'), exit]);
    await wait(Math.random() * 150);
    child.kill('SIGKILL');
    await exit;
    expect(child.signalCode, 'the worker ended by itself').toBe('SIGKILL');
    // The last line may be cut short: it then was not acknowledged.
    for (const line of output.split('\n').slice(0, -1)) acknowledged.add(Number(line));
  }

  async function checkLedger(store: Store): Promise<void> {
    const { taken, claimed, counted } = await store.read(async (view) => ({
      taken: await listAll(view, events),
      claimed: await view.count(claims, {}),
      counted: (await view.get(people, 1))?.age,
    }));
    const messages = taken.map(({ person }) => person);
    const known = new Set(messages);
    expect(
      [...acknowledged].filter((n) => !known.has(n)),
      'acknowledged and lost',
    ).toEqual([]);
    expect(messages.length, 'applied twice').toBe(known.size);
    expect([claimed, counted]).toEqual([known.size, known.size]);
    expect(new Set(taken.map(({ seq }) => seq)).size, 'numbers given out twice').toBe(taken.length);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
  }

  it.each(Array.from({ length: rounds }, (_, round) => [round]))(
    'loses nothing that was acknowledged and applies nothing twice (round %i)',
    async (round) => {
      await runAndKill(round);
      const before = performance.now();
      // A reader leaves the folder as the kill left it, so that the next worker recovers by itself.
      const store = await folder.open({ readOnly: round % 2 === 0 });
      starts.push(performance.now() - before);
      await checkLedger(store);
      await store.close();
    },
  );
});
