import { join } from 'node:path';
import {
  interleave,
  medianOf,
  type Place,
  type Running,
  ratioOf,
  type Samples,
  startParty,
  stopAll,
} from './compare.ts';
import { type Result, show } from './report.ts';
import type { WebhookOptions } from './webhooks.ts';

const bot = 'bot, empty ledger';
const grown = 'bot, 1 M entries';
const bare = 'bare server: signature and decryption';
const sdk = 'Koa and the SDK’s dispatcher, storing nothing';

/** A message posted by the platform, encrypted and signed, to a complete 登记 that is durable and answered. */
export async function webhook(place: Place): Promise<Result> {
  const parties: Record<string, WebhookOptions> = {
    [bot]: { who: 'bot', directory: join(place.directory, 'empty'), entries: 0 },
    [grown]: { who: 'bot', directory: join(place.directory, 'grown'), entries: 1_000_000 },
    [bare]: { who: 'bare' },
    [sdk]: { who: 'sdk' },
  };
  const running: Record<string, Running> = {};
  for (const [name, options] of Object.entries(parties)) {
    running[name] = await startParty(place.script, ['webhook', options]);
  }
  const measured: Record<number, Record<string, Samples>> = {};
  for (const atOnce of [10, 100]) {
    measured[atOnce] = await interleave(running, { messages: 1000, atOnce }, { rounds: 7, warmUp: 1 });
  }
  await stopAll(running);
  const samples = (atOnce: number, name: string): Samples => measured[atOnce]?.[name] ?? [];
  return {
    tables: [
      {
        title: 'A webhook event with a complete 登记, durable before it is answered',
        columns: ['events a second · p50 ms · p99 ms', '10 connections', '100 connections'],
        rows: Object.keys(parties).map((name) => [
          name,
          ...[10, 100].map((atOnce) =>
            ['perSecond', 'p50', 'p99'].map((figure) => show(medianOf(samples(atOnce, name), figure))).join(' · '),
          ),
        ]),
      },
    ],
    aims: [
      ...[10, 100].flatMap((atOnce) => [
        {
          what: `webhook ÷ ${bare}, ${atOnce} connections`,
          measured: ratioOf(samples(atOnce, bot), samples(atOnce, bare)),
          atLeast: 0.5,
          unit: '×',
        },
        {
          what: `webhook ÷ ${sdk}, ${atOnce} connections`,
          measured: ratioOf(samples(atOnce, bot), samples(atOnce, sdk)),
          atLeast: 1,
          unit: '×',
        },
        {
          what: `webhook: empty ÷ 1 M entries, ${atOnce} connections`,
          measured: ratioOf(samples(atOnce, bot), samples(atOnce, grown)),
          atMost: 1.5,
          unit: '×',
        },
      ]),
      { what: 'webhook: p99 at 100 connections', measured: medianOf(samples(100, bot), 'p99'), atMost: 50, unit: 'ms' },
    ],
  };
}

const drops = 1440;

/** As many broken connections as a month of bad days has. */
export async function reconnects(place: Place): Promise<Result> {
  const party = await startParty(place.script, ['reconnects', undefined]);
  const {
    grownMb = Number.NaN,
    lost = Number.NaN,
    perSecond = Number.NaN,
  } = await party.round({ messages: drops, atOnce: 1 });
  await party.stop();
  return {
    tables: [
      {
        title: `${drops.toLocaleString('en')} dropped connections in a row, an event after each`,
        columns: ['a second', 'heap grown by MB', 'events lost'],
        rows: [[perSecond, grownMb, lost].map(show)],
      },
    ],
    aims: [
      { what: 'reconnects: heap grown', measured: grownMb, atMost: 10, unit: 'MB' },
      { what: 'reconnects: events lost', measured: lost, atMost: 0, unit: '' },
    ],
  };
}
