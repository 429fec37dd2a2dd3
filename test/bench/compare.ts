import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Figures, Load } from './load.ts';
import type { Order } from './party.ts';

/** Where a case finds the built `party.ts` and an empty folder of its own. */
export interface Place {
  readonly script: string;
  readonly directory: string;
}

export interface Running {
  round(load: Load): Promise<Figures>;
  stop(): Promise<void>;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** Starts a party in a process of its own; `flags` are Node's, besides those that all have. */
export async function startParty(script: string, order: Order, flags: readonly string[] = []): Promise<Running> {
  const execArgv = ['--expose-gc', '--enable-source-maps', ...flags];
  const child = fork(script, [JSON.stringify(order)], { execArgv });
  const exited = once(child, 'exit');
  const died = exited.then(() => Promise.reject(new Error(`the party ${order[0]} died`)));
  died.catch(() => undefined);
  const nextMessage = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), died]))[0];
  await nextMessage();
  return {
    round: (load) => {
      child.send(load);
      return nextMessage() as Promise<Figures>;
    },
    stop: async () => {
      child.send('close');
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** What the rounds of one party measured, in order. */
export type Samples = readonly Figures[];

/**
 * Runs rounds of all parties in turn, so that what else the machine does meets them alike. The first rounds warm up and
 * do not count.
 */
export async function interleave<Name extends string>(
  parties: Readonly<Record<Name, Running>>,
  load: Load,
  { rounds, warmUp = 0 }: { rounds: number; warmUp?: number },
): Promise<Record<Name, Samples>> {
  const names = Object.keys(parties) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Figures[]])) as Record<Name, Figures[]>;
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of names) {
      const figures = await parties[name].round(load);
      if (round >= 0) samples[name].push(figures);
    }
  }
  return samples;
}

export const stopAll = async (parties: Readonly<Record<string, Running>>): Promise<void> => {
  for (const party of Object.values(parties)) await party.stop();
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export const medianOf = (samples: Samples, figure: string): number =>
  median(samples.map((figures) => figures[figure] ?? Number.NaN));

/** How many times as many messages a second as the other, round by round. */
export const ratioOf = (samples: Samples, other: Samples): number =>
  median(samples.map(({ perSecond = Number.NaN }, i) => perSecond / (other[i]?.['perSecond'] ?? Number.NaN)));
