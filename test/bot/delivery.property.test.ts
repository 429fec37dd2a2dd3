import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claims } from '../../src/bot/claims.ts';
import { dialogs } from '../../src/bot/dialogs.ts';
import { collections } from '../../src/collections.ts';
import { type HourEvent, hourEntries, hourEvents } from '../../src/domain/hours.ts';
import { reflections } from '../../src/domain/reflection.ts';
import type { Incoming, TapAnswer } from '../../src/messenger/messenger.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { progressTexts } from '../../src/texts/progress.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

/** What somebody does: a text, or a tap with what its form holds. */
type Act = { readonly who: string } & (
  | { readonly text: string }
  | { readonly press: unknown; readonly form: Record<string, unknown> }
);

const { cadre, namesake, clerk, head } = people;
const fromCadre = fc.constantFrom(cadre.staffNo, namesake.staffNo, clerk.staffNo);
const fromDesk = fc.constantFrom(clerk.staffNo, head.staffNo);
/** Small numbers, so that people mean what is really there; numbers of entries and of drafts alike begin with 1001. */
const number = fc.integer({ min: 1001, max: 1004 });
const days = fc.constantFrom('2026-11-18', '2026-11-19', '2026-03-05至2026-03-07', '2025-12-30至2026-01-02', '昨天');
const training = fc
  .record({
    amount: fc.constantFrom('1学时', '3.5学时', '半天', '8学时', '12学时'),
    content: fc.constantFrom('党性教育', '理论教育', '专业化能力'),
    days,
    title: fc.constantFrom('专题党课', '公文写作', '数据治理', '课程思政'),
    form: fc.constantFrom('', ' 集中培训'),
  })
  .map((said) => `登记 ${said.amount} ${said.content} ${said.days} 《${said.title}》${said.form}`);
const essay = '学习体会'.repeat(300);

const cadreWords = fc.oneof(
  { weight: 12, arbitrary: training.map((words) => `${words} 确认`) },
  { weight: 3, arbitrary: training },
  { weight: 3, arbitrary: fc.constantFrom('确认', '取消', '修改', '登记 3学时', '党性教育', '昨天 《夜校》', '2学时') },
  { weight: 5, arbitrary: number.map((id) => `撤回 ${id}`) },
  { weight: 2, arbitrary: number.map((id) => `体会 ${id} ${essay}`) },
  { weight: 1, arbitrary: fc.constantFrom('进度', '记录', '待办', '我没有参加昨天的培训', '？', essay) },
);
const deskWords = fc.oneof(
  { weight: 5, arbitrary: number.map((id) => `审核 ${id} 通过`) },
  { weight: 2, arbitrary: number.map((id) => `审核 ${id} 改 2学时`) },
  { weight: 2, arbitrary: number.map((id) => `审核 ${id} 退回 请补充证明`) },
  { weight: 1, arbitrary: number.map((id) => `审核 ${id} 驳回 重复登记`) },
  { weight: 1, arbitrary: fc.constantFrom('审核', '审核 全部通过', '确认') },
  { weight: 1, arbitrary: number.map((id) => `体会 ${id} 通过`) },
);
const tap = (command: string, args: object, form: Record<string, unknown> = {}) => ({ press: { command, args }, form });
const cadreTap = fc.oneof(
  number.map((draft) => tap('确认', { draft })),
  number.map((draft) => tap('取消', { draft })),
  number.map((entry) => tap('撤回', { entry })),
  fc
    .record({ entry: number, amount: fc.constantFrom('2', '半天') })
    .map(({ entry, amount }) =>
      tap('登记', { entry }, { title: '数据治理', content: 'theory', amount, from: '2026-11-17' }),
    ),
  fc.constantFrom({ press: null, form: {} }, tap('无此命令', {})),
);
const deskTap = fc
  .record({
    id: number,
    version: fc.integer({ min: 1, max: 3 }),
    verdict: fc.constantFrom('approve', 'amend', 'return'),
  })
  .map(({ id, version, verdict }) =>
    tap(
      '审核',
      { entries: [id], versions: [version], verdict, page: 1 },
      verdict === 'return' ? { reason: '请补充' } : {},
    ),
  );
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ who: fromCadre, text: cadreWords }) },
  { weight: 3, arbitrary: fc.record({ who: fromDesk, text: deskWords }) },
  { weight: 2, arbitrary: fc.tuple(fromCadre, cadreTap).map(([who, pressed]) => ({ who, ...pressed })) },
  { weight: 2, arbitrary: fc.tuple(fromDesk, deskTap).map(([who, pressed]) => ({ who, ...pressed })) },
);

/** For each act how often it comes again, and how much later; and where the deliveries are cut into batches. */
const history = fc.array(
  fc.record({ act, again: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }), startsBatch: fc.boolean() }),
  { minLength: 1, maxLength: 50, size: 'max' },
);
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** Batches of deliveries, by the number of the act: first ones in order, repetitions anywhere later. */
function schedule(acts: History): number[][] {
  const slots = acts.map((_, n) => [n]);
  acts.forEach(({ again }, n) => {
    for (const later of again) slots[Math.min(n + later, acts.length - 1)]?.push(n);
  });
  const batches: number[][] = [];
  slots.forEach((slot, n) => {
    if (batches.length === 0 || acts[n]?.startsBatch) batches.push([]);
    batches.at(-1)?.push(...slot);
  });
  return batches;
}

function incomingOf({ who, ...does }: Act, n: number, now: string): Incoming {
  const delivery = {
    messenger: 'simulator',
    id: `om_${n}`,
    at: now,
    sender: { id: who, userId: who, name: null, privateChat: `p:${who}` },
    chat: { id: `p:${who}`, type: 'private' },
  } as const;
  return 'text' in does
    ? { ...delivery, type: 'message', text: does.text, files: [] }
    : { ...delivery, type: 'action', messageId: 'om_card', ...does };
}

interface Outcome {
  readonly rows: object;
  readonly events: readonly HourEvent[];
  /** What the taps were answered, by the number of the act. */
  readonly taps: ReadonlyMap<number, readonly TapAnswer[]>;
  /** The numbers of the acts in the order in which they took effect. */
  readonly order: readonly number[];
  /** First lines of everybody's 进度. */
  readonly progress: readonly string[];
}

async function deliver(acts: readonly Act[], batches: readonly (readonly number[])[]): Promise<Outcome> {
  const chat = await openChat();
  try {
    const taps = new Map<number, TapAnswer[]>();
    for (const batch of batches) {
      await Promise.all(
        batch.map(async (n) => {
          const answer = await chat.handle(incomingOf(acts[n] as Act, n, chat.clock.now()));
          if (answer !== null) taps.set(n, [...(taps.get(n) ?? []), answer]);
        }),
      );
    }
    return { taps, ...(await inspect(chat)) };
  } finally {
    await chat.close();
  }
}

async function inspect(chat: TestChat): Promise<Omit<Outcome, 'taps'>> {
  const order = new Set<number>();
  for await (const { cause } of chat.store.auditRecords()) {
    expect(cause.what).not.toBe('incident');
    if (cause.ref.startsWith('om_')) order.add(Number(cause.ref.slice(3)));
  }
  const rows = await chat.store.read(async (view) => ({
    entries: await listAll(view, hourEntries),
    events: await listAll(view, hourEvents),
    reflections: await listAll(view, reflections),
    dialogs: await listAll(view, dialogs),
    claims: await listAll(view, claims),
    outbox: await listAll(view, outbox),
  }));
  expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  const progress: string[] = [];
  for (const who of Object.values(people)) {
    if (who.state === 'active') progress.push(`${who.staffNo} ${firstProgressLine(await chat.as(who).says('进度'))}`);
  }
  return { rows, events: rows.events, order: [...order], progress };
}

/** The window shows, before the answer, what else has been waiting in the queue. */
const firstProgressLine = (shown: string): string =>
  shown.split('\n').findLast((line) => line.startsWith('本周期')) ?? '';

/** What 进度 must say, counted from the events alone. */
function countNaively(events: readonly HourEvent[]): string[] {
  const last = new Map<number, { staffNo: string; hours: number; type: HourEvent['type'] }>();
  for (const { entryId, staffNo, type, facts } of events.toSorted((a, b) => a.entryId - b.entryId || a.seq - b.seq)) {
    last.set(entryId, { staffNo, type, hours: facts?.hours ?? last.get(entryId)?.hours ?? 0 });
  }
  const sum = (who: string, type: HourEvent['type']): number =>
    [...last.values()]
      .filter((entry) => entry.staffNo === who && entry.type === type)
      .reduce((total, { hours }) => total + hours, 0);
  return Object.values(people)
    .filter(({ state }) => state === 'active')
    .map(({ staffNo }) => `${staffNo} ${progressTexts.summary(sum(staffNo, 'approved'), sum(staffNo, 'submitted'))}`);
}

describe('deliveries that come again, late or at the same time', () => {
  it('have the effect of one each, in the order of the first', async () => {
    const seen: string[] = [];
    await fc.assert(
      fc.asyncProperty(history, async (drawn) => {
        const acts = drawn.map((step) => step.act);
        const batches = schedule(drawn);
        const often = await deliver(acts, batches);
        // Within a batch, what has a long text to put aside first may take effect after its neighbours.
        const batchOf = (n: number): number => batches.findIndex((batch) => batch.includes(n));
        expect(often.order.map(batchOf)).toEqual(often.order.map(batchOf).toSorted((a, b) => a - b));
        const isLong = (n: number): boolean => JSON.stringify(acts[n]).includes(essay);
        const brief = often.order.filter((n) => !isLong(n));
        expect(brief).toEqual(brief.toSorted((a, b) => a - b));

        const once = await deliver(
          acts,
          often.order.map((n) => [n]),
        );
        expect(often.rows).toEqual(once.rows);
        expect(often.taps).toEqual(once.taps);
        expect([...once.taps.values()].every((answers) => answers.length === 1)).toBe(true);
        expect(often.progress).toEqual(once.progress);
        expect(often.progress).toEqual(countNaively(often.events));
        for (const { type } of often.events) seen.push(type);
      }),
      { numRuns: 25 },
    );
    // Histories in which nothing happens would prove nothing.
    expect(seen).toEqual(expect.arrayContaining(['submitted', 'approved']));
  });
});
