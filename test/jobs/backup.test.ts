import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claims } from '../../src/bot/claims.ts';
import { dialogs } from '../../src/bot/dialogs.ts';
import { addDays, addMs } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { openReflection, reflections } from '../../src/domain/reflection.ts';
import { backupsToDrop } from '../../src/jobs/backup.ts';
import { enqueue, outbox } from '../../src/messenger/outbox.ts';
import { type Reply, text } from '../../src/messenger/reply.ts';
import { appendMessage } from '../../src/messenger/simulator/history.ts';
import { listAll } from '../../src/store/store.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { college } from '../support/college.ts';

const hour = 3_600_000;
let bot: Clockwork;

beforeEach(async () => {
  bot = await openClockwork({ people: college, backups: true });
});

afterEach(() => bot.remove());

test('every night there is a copy named after the day, and the last fourteen are kept', async () => {
  await bot.until('2026-12-08');
  const names = await readdir(bot.backupDirectory);
  expect(names.sort()).toEqual(Array.from({ length: 14 }, (_, i) => addDays('2026-11-25', i)));
  const [status] = (await bot.runner.list()).filter(({ name }) => name === 'backup');
  expect(status?.last?.summary).toMatch(/^已备份到 .*2026-12-08（审计记录 \d+ 条），清理过期的收发记录 \d+ 条。$/);
});

test('only folders of days are ever removed', () => {
  const days = Array.from({ length: 16 }, (_, i) => addDays('2026-11-01', i));
  expect(backupsToDrop(['manual', '2026-11-99', 'before-upgrade', ...days.reverse()])).toEqual([
    '2026-11-01',
    '2026-11-02',
  ]);
  expect(backupsToDrop(days.slice(0, 14))).toEqual([]);
});

test('a second copy of a day takes the place of the first', async () => {
  await bot.runner.run('backup');
  await bot.runner.run('backup');
  expect(await readdir(bot.backupDirectory)).toEqual(['2026-11-20']);
});

test('deliveries, questions and sent answers are forgotten nine hours after they matter', async () => {
  const now = bot.clock.now();
  await bot.write(async (tx) => {
    await tx.put(claims, { messenger: 'simulator', id: 'old', at: addMs(now, -9 * hour) });
    await tx.put(claims, { messenger: 'simulator', id: 'young', at: addMs(now, -9 * hour + 1) });
    const place = {
      messenger: 'simulator',
      chat: 'c',
      sender: 's',
      id: 1,
      command: '登记',
      args: {},
      asking: 'confirm',
    };
    await tx.put(dialogs, { ...place, expiresAt: addMs(now, -9 * hour) });
    const to = { type: 'cadre', staffNo: 'E0011' } as const;
    const reply = text('hello');
    await enqueue(tx, { key: 'answer', messenger: 'simulator', to, purpose: 'answer', reply });
    await enqueue(tx, { key: 'digest', messenger: 'simulator', to, purpose: 'chase', reply });
  });
  await bot.settle();
  bot.clock.pass(9 * hour);
  await bot.write((tx) => tx.put(claims, { messenger: 'simulator', id: 'fresh', at: bot.clock.now() }));
  await bot.runner.run('backup');
  await bot.store.read(async (view) => {
    expect((await listAll(view, claims)).map(({ id }) => id)).toEqual(['fresh']);
    expect(await view.count(dialogs, {})).toBe(0);
    expect((await listAll(view, outbox)).map(({ key }) => key)).toEqual(['digest']);
  });
});

test('blobs that nothing has named for a day are removed, those that rows name stay', async () => {
  const names = ['体会', '附件', '答复', '待发', '无人提及', '今天的'];
  const blobs = await Promise.all(names.map((name) => bot.store.blobs.put(Buffer.from(name))));
  const [essay = '', attached = '', answered = '', queued = '', , young = ''] = blobs;
  const file = (blob: string): Reply => ({ type: 'file', name: 'x.xlsx', blob, mime: 'x', caption: '' });
  const id = await bot.earns('E0011', {});
  await bot.write(async (tx) => {
    const entry = await tx.get(hourEntries, id);
    if (entry === undefined) throw new Error('no entry');
    await tx.put(reflections, { ...openReflection(entry, bot.policies.at(entry.to)), blob: essay });
    const chat = { chat: 'p:E0011', from: null };
    await appendMessage(tx, { ...chat, files: [{ name: 'x', blob: attached, size: 1 }] });
    await appendMessage(tx, { ...chat, reply: file(answered) });
    const to = { type: 'cadre', staffNo: 'E0011' } as const;
    await enqueue(tx, { key: 'file', messenger: 'simulator', to, purpose: 'answer', reply: file(queued) });
  });
  const folder = join(bot.backupDirectory, '..', 'data', 'ledger', 'blobs');
  const twoDaysAgo = new Date((await stat(folder)).mtimeMs - 48 * hour);
  for (const blob of blobs) {
    if (blob !== young) await utimes(join(folder, blob.slice(0, 2), blob.slice(2)), twoDaysAgo, twoDaysAgo);
  }
  await bot.runner.run('backup');
  const left = await Promise.all(blobs.map((blob) => bot.store.blobs.get(blob)));
  expect(names.filter((_, i) => left[i] === undefined)).toEqual(['无人提及']);
});

test('a dry run says where the copy would go', async () => {
  const { summary } = await bot.runner.run('backup', { asOf: '2026-12-01', dryRun: true });
  expect(summary).toBe(`将备份到 ${bot.backupDirectory}/2026-12-01。`);
});
