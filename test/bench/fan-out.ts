import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FeishuServer, openFeishuServer } from '../support/feishu-server/index.ts';
import { type Place, type Running, startParty } from './compare.ts';
import { bulletinTo, reminderTo } from './fan-out-words.ts';
import { type Result, show } from './report.ts';
import type { SenderOptions } from './sender.ts';

/** What the platform lets an app send in a minute. */
const perMinute = 1000;

async function openPlatform(people: number, groups: number) {
  const server = await openFeishuServer();
  const persons = Array.from({ length: people }, (_, i) => server.addPerson({ name: `干部${i}` }).openId);
  const chats = Array.from(
    { length: groups },
    (_, i) => server.addChat({ name: `群${i}`, members: persons.slice(0, 3) }).chatId,
  );
  return { server, people: persons, groups: chats };
}

const startSender = (
  place: Place,
  { server, people, groups }: Awaited<ReturnType<typeof openPlatform>>,
  name: string,
): Promise<Running> => {
  const { url, appId, appSecret } = server;
  const options: SenderOptions = {
    directory: join(place.directory, name),
    platform: { url, appId, appSecret },
    people,
    groups,
  };
  return startParty(place.script, ['sender', options]);
};

/** @returns how many of the words have not arrived, and how many arrived more than once */
function count(server: FeishuServer, expected: readonly string[]): { lost: number; doubled: number } {
  const arrived = new Map<string, number>();
  for (const { content } of server.sent()) {
    const words = String((content as { text?: unknown }).text);
    arrived.set(words, (arrived.get(words) ?? 0) + 1);
  }
  const times = expected.map((words) => arrived.get(words) ?? 0);
  return { lost: times.filter((n) => n === 0).length, doubled: times.filter((n) => n > 1).length };
}

const wordsFor = ({ people, groups }: { people: readonly string[]; groups: readonly string[] }): string[] => [
  ...people.map(reminderTo),
  ...groups.map(bulletinTo),
];

/** A thousand reminders and a bulletin to twenty groups, with the platform's own limits. */
export async function fanOut(place: Place): Promise<Result> {
  const stage = await openPlatform(1000, 20);
  const messages = stage.people.length + stage.groups.length;
  const sender = await startSender(place, stage, 'steady');
  const { seconds = Number.NaN } = await sender.round({ messages, atOnce: 1 });
  await sender.stop();
  const { lost, doubled } = count(stage.server, wordsFor(stage));
  const refusals = stage.server.refusals(230020) + stage.server.refusals(99991400);
  await stage.server.close();
  if (lost + doubled > 0) throw new Error(`${lost} messages lost, ${doubled} doubled`);
  const allowed = (messages * 60) / perMinute;
  return {
    tables: [
      {
        title: '1,000 reminders and a bulletin to 20 groups',
        columns: ['', 'seconds', 'refused for the limits'],
        rows: [
          ['what the limits allow', show(allowed), ''],
          ['the pump', show(seconds), show(refusals)],
        ],
      },
    ],
    aims: [
      {
        what: 'fan-out: share of the speed that the limits allow',
        measured: allowed / seconds,
        atLeast: 0.95,
        unit: '×',
      },
      { what: 'fan-out: refused for the limits', measured: refusals, atMost: 0, unit: '' },
    ],
  };
}

const rounds = 20;
const dead = { everybody: 60, groups: 4 } as const;

/**
 * The same, smaller, while one answer in ten is a 429 or a 503, one message in twenty is stored without an answer, the
 * platform is away for a while, and the sender is killed at a random moment; in the first round it is away for 30 s.
 */
export async function chaos(place: Place): Promise<Result> {
  let [lost, doubled, kills, faults, unknown] = [0, 0, 0, 0, 0];
  await mkdir(join(place.directory, 'chaos'));
  for (let round = 0; round < rounds; round += 1) {
    const stage = await openPlatform(dead.everybody, dead.groups);
    const { server } = stage;
    const sends = ({ path }: { path: string }): boolean => path === '/open-apis/im/v1/messages';
    const share = (probability: number) => (call: { path: string }) => sends(call) && Math.random() < probability;
    const switched = [
      server.faults.inCalls(
        { type: 'rate-limited', resetSeconds: 1 },
        { when: share(0.05), times: Number.POSITIVE_INFINITY },
      ),
      server.faults.inCalls({ type: 'html', status: 503 }, { when: share(0.05), times: Number.POSITIVE_INFINITY }),
      server.faults.inCalls({ type: 'answer-lost' }, { when: share(0.05), times: Number.POSITIVE_INFINITY }),
    ];
    const messages = stage.people.length + stage.groups.length;
    const first = await startSender(place, stage, `chaos/${round}`);
    const killed = first.round({ messages, atOnce: 1 }).catch(() => undefined);
    await pass(500 + Math.random() * 3000);
    await first.kill();
    await killed;
    kills += 1;
    const away = server.faults.inCalls({ type: 'reset' }, { times: Number.POSITIVE_INFINITY });
    const second = await startSender(place, stage, `chaos/${round}`);
    const rest = second.round({ messages, atOnce: 1 });
    await pass(round === 0 ? 30_000 : 1000);
    away.off();
    const figures = await rest;
    unknown += (figures['unknown'] ?? 0) + (figures['failed'] ?? 0);
    await second.stop();
    const counted = count(server, wordsFor(stage));
    lost += counted.lost;
    doubled += counted.doubled;
    faults += switched.reduce((sum, { happened }) => sum + happened, 0) + away.happened;
    await server.close();
  }
  return {
    tables: [
      {
        title: `${rounds} rounds of ${dead.everybody + dead.groups} messages, each with a kill -9, an absence and one fault in seven calls`,
        columns: ['kills', 'calls that went wrong', 'lost', 'doubled', 'given up'],
        rows: [[kills, faults, lost, doubled, unknown].map(show)],
      },
    ],
    aims: [
      { what: 'fan-out in disorder: lost', measured: lost, atMost: 0, unit: '' },
      { what: 'fan-out in disorder: doubled', measured: doubled, atMost: 0, unit: '' },
    ],
  };
}

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
