import { createTestDatabase } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { medianOf, type Place, type Running, type Samples, startParty } from './compare.ts';
import type { Figures } from './load.ts';
import { type Result, show } from './report.ts';

const people = 500;
const connections = 16;
const spreadMs = 30_000;

/** 签到 of 500 people at one code, within 30 seconds and all in one moment, beside the bare limit of each store. */
export async function checkIn(place: Place): Promise<Result> {
  const server = await startPostgres({ isDurable: true });
  const { url, adminUrl } = await createTestDatabase(server.url);
  const database = (institution: string) => ({ url, adminUrl, institution, connections });
  const load = { messages: people, atOnce: people };
  const run = async (party: Running, rounds: number): Promise<Samples> => {
    const samples: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) samples.push(await party.round(load));
    await party.stop();
    // The first round warms up, where there is another.
    return rounds > 1 ? samples.slice(1) : samples;
  };
  const start = (options: Parameters<typeof startParty>[1]): Promise<Running> => startParty(place.script, options);
  try {
    const bare = {
      embedded: await run(
        await start(['append', { path: `${place.directory}/append`, bytes: 2000, sync: 'group' }]),
        3,
      ),
      PostgreSQL: await run(await start(['insert', { url: adminUrl, connections }]), 3),
    };
    const burst = {
      embedded: await run(await start(['checkIn', { directory: `${place.directory}/burst`, spreadMs: 0 }]), 6),
      PostgreSQL: await run(await start(['checkIn', { database: database('burst'), spreadMs: 0 }]), 6),
    };
    const spread = {
      embedded: await run(await start(['checkIn', { directory: `${place.directory}/spread`, spreadMs }]), 1),
      PostgreSQL: await run(await start(['checkIn', { database: database('spread'), spreadMs }]), 1),
    };
    const stores = ['embedded', 'PostgreSQL'] as const;
    return {
      tables: [
        {
          title: `签到 of ${people} people at one code, durable; none lost, none twice`,
          columns: ['store', 'in 30 s: p50 ms', 'p99 ms', 'at once: p50 ms', 'p99 ms', 'a second', '÷ bare'],
          rows: stores.map((store) => [
            store,
            show(medianOf(spread[store], 'p50')),
            show(medianOf(spread[store], 'p99')),
            show(medianOf(burst[store], 'p50')),
            show(medianOf(burst[store], 'p99')),
            show(medianOf(burst[store], 'perSecond')),
            (medianOf(burst[store], 'perSecond') / medianOf(bare[store], 'perSecond')).toFixed(2),
          ]),
        },
      ],
      aims: stores.map((store) => ({
        what: `签到 in 30 s, ${store}: p99`,
        measured: medianOf(spread[store], 'p99'),
        atMost: 100,
        unit: 'ms',
      })),
    };
  } finally {
    await server.stop();
  }
}
