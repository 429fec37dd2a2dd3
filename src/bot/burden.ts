import { type BurdenReport, burdenReport, type SentMessage } from '../domain/burden.ts';
import { type Cadre, cadres } from '../domain/cadre.ts';
import { addMonths, addMs, type Day, dayOf, firstDayOf, instantAt, type Month } from '../domain/day.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { outbox } from '../messenger/outbox.ts';
import { listAll, type Reader } from '../store/store.ts';

const purposes = ['decision', 'chase', 'bulletin', 'notice'] as const;

/** A reminder that was refused for good, or whose outcome stayed unknown. */
export interface Undelivered {
  readonly staffNo: string;
  readonly day: Day;
  readonly state: 'failed' | 'unknown';
  readonly reason: string;
}

/** 减负自查 as read from the queue, which keeps everything but answers. */
export interface Burden {
  readonly report: BurdenReport;
  readonly failed: number;
  readonly unknown: number;
  /** Reminders that did not arrive, or perhaps did not: whose, when and why. */
  readonly undelivered: readonly Undelivered[];
  /** Who is named by a breach or by a message that did not arrive, by 工号. */
  readonly named: ReadonlyMap<string, Cadre>;
}

export async function readBurden(view: Reader, month: Month, policies: PolicyBook): Promise<Burden> {
  const end = addMs(instantAt(firstDayOf(addMonths(month, 1))), -1);
  const span = { from: instantAt(firstDayOf(month)), to: end };
  const sent: SentMessage[] = [];
  const undelivered: Undelivered[] = [];
  for (const state of ['failed', 'unknown'] as const) {
    for (const row of await listAll(view, outbox, { index: 'byPurpose', equals: ['chase', state], ...span })) {
      undelivered.push({ staffNo: row.target, day: dayOf(row.createdAt), state, reason: row.reason ?? '' });
    }
  }
  let [failed, unknown] = [0, 0];
  for (const purpose of purposes) {
    for (const row of await listAll(view, outbox, { index: 'byPurpose', equals: [purpose, 'sent'], ...span })) {
      sent.push({ target: row.target, purpose, sentAt: row.sentAt ?? row.createdAt });
    }
    failed += await view.count(outbox, { index: 'byPurpose', equals: [purpose, 'failed'], ...span });
    unknown += await view.count(outbox, { index: 'byPurpose', equals: [purpose, 'unknown'], ...span });
  }
  sent.sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
  const active = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
  const report = burdenReport(sent, active, policies);
  const named = new Map<string, Cadre>();
  for (const { staffNo } of [...report.breaches, ...undelivered]) {
    const cadre = await view.get(cadres, staffNo);
    if (cadre !== undefined) named.set(staffNo, cadre);
  }
  return { report, failed, unknown, undelivered, named };
}
