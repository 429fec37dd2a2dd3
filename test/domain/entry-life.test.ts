import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEvent,
  decideEvent,
  type LifeResult,
  rebuildEntry,
  resubmitEvent,
  submitEvent,
  voidEvent,
  withdrawEvent,
} from '../../src/domain/entry-life.ts';
import {
  type EntryState,
  entryStates,
  type HourEntry,
  type HourEvent,
  type HourFacts,
  hourEntrySchema,
} from '../../src/domain/hours.ts';
import { arbitraryFacts, makeFacts, now, submit } from './build.ts';

const owner = 'E1001';
const clerk = 'E0002';

const logging = {
  entryId: 1001,
  staffNo: owner,
  at: now,
  facts: makeFacts(),
  source: 'chat',
  importId: null,
} as const;

const does = {
  resubmit: (entry: HourEntry, by: string) => resubmitEvent(entry, makeFacts({ hours: 250 }), by, now),
  approve: (entry: HourEntry, by: string) => decideEvent(entry, { type: 'approved' }, by, now),
  return: (entry: HourEntry, by: string) => decideEvent(entry, { type: 'returned', reason: '请补证明' }, by, now),
  reject: (entry: HourEntry, by: string) => decideEvent(entry, { type: 'rejected', reason: '不属培训' }, by, now),
  withdraw: (entry: HourEntry, by: string) => withdrawEvent(entry, by, now),
  void: (entry: HourEntry, by: string) => voidEvent(entry, '重复登记', by, now),
} as const;
type Deed = keyof typeof does;
const deeds = Object.keys(does) as Deed[];
const byOwner: readonly Deed[] = ['resubmit', 'withdraw'];

function apply(entry: HourEntry, result: LifeResult): HourEntry {
  if (!result.ok) throw new Error(result.reason);
  return applyEvent(entry, result.event);
}

/** An entry of E1001 in a state, led there. */
const inState: Record<EntryState, () => HourEntry> = {
  submitted: () => submit(),
  approved: () => led('approve', clerk),
  returned: () => led('return', clerk),
  rejected: () => led('reject', clerk),
  withdrawn: () => led('withdraw', owner),
  voided: () => {
    const entry = led('approve', clerk);
    return apply(entry, does.void(entry, clerk));
  },
};

function led(deed: Deed, by: string): HourEntry {
  const entry = submit();
  return apply(entry, does[deed](entry, by));
}

const allowed: Record<EntryState, Partial<Record<Deed, EntryState>>> = {
  submitted: { approve: 'approved', return: 'returned', reject: 'rejected', withdraw: 'withdrawn' },
  approved: { void: 'voided' },
  returned: { resubmit: 'submitted', withdraw: 'withdrawn' },
  rejected: {},
  withdrawn: {},
  voided: {},
};

describe('the life of an hour entry', () => {
  const matrix = entryStates.flatMap((state) => deeds.map((deed) => ({ state, deed, to: allowed[state][deed] })));

  it.each(matrix)('$state, $deed → $to', ({ state, deed, to }) => {
    const entry = inState[state]();
    expect(entry.state).toBe(state);
    const result = does[deed](entry, byOwner.includes(deed) ? owner : clerk);
    if (to === undefined) {
      expect(result).toEqual({ ok: false, reason: deed === 'void' ? 'not-approved' : 'not-open' });
      return;
    }
    expect(apply(entry, result).state).toBe(to);
  });

  it.each(entryStates)('nobody decides on or voids an own entry that is %s', (state) => {
    const entry = inState[state]();
    for (const deed of ['approve', 'return', 'reject', 'void'] as const) {
      expect(does[deed](entry, owner)).toEqual({ ok: false, reason: 'own-entry' });
    }
  });

  it.each(entryStates)('nobody but the owner withdraws or submits again an entry that is %s', (state) => {
    for (const deed of byOwner) expect(does[deed](inState[state](), clerk)).toEqual({ ok: false, reason: 'not-owner' });
  });

  it('who logged an entry for its owner withdraws it while it is open, until the owner has submitted it again', () => {
    const logged = submitEvent({ ...logging, by: clerk });
    const entry = applyEvent(undefined, logged);
    expect(apply(entry, does.withdraw(entry, clerk))).toMatchObject({ state: 'withdrawn', decidedBy: clerk });
    expect(apply(entry, does.withdraw(entry, owner))).toMatchObject({ state: 'withdrawn', decidedBy: owner });
    expect(does.withdraw(entry, 'E0003')).toEqual({ ok: false, reason: 'not-owner' });
    const returned = apply(entry, does.return(entry, 'E0003'));
    expect(does.withdraw(returned, clerk).ok).toBe(true);
    expect(does.withdraw(apply(entry, does.approve(entry, clerk)), clerk)).toEqual({ ok: false, reason: 'not-open' });
    const again = apply(returned, does.resubmit(returned, owner));
    expect(does.withdraw(again, clerk)).toEqual({ ok: false, reason: 'not-owner' });
  });

  it.each(['', '  ', '\n'])('a reason is more than %j', (reason) => {
    const refused = { ok: false, reason: 'reason-needed' };
    expect(decideEvent(submit(), { type: 'returned', reason }, clerk, now)).toEqual(refused);
    expect(decideEvent(submit(), { type: 'rejected', reason }, clerk, now)).toEqual(refused);
    expect(voidEvent(inState.approved(), reason, clerk, now)).toEqual(refused);
  });

  it('an approval with changed hours keeps what was claimed and splits anew', () => {
    const entry = submit({ from: '2025-12-31', to: '2026-01-01', hours: 800 });
    const result = decideEvent(entry, { type: 'approved', amend: { hours: 300, kind: 'rotation' } }, clerk, now);
    expect(apply(entry, result)).toMatchObject({
      state: 'approved',
      hours: 300,
      claimedHours: 800,
      kind: 'rotation',
      shares: [
        { year: 2025, hours: 150 },
        { year: 2026, hours: 150 },
      ],
      crossesYear: true,
      decidedBy: clerk,
    });
  });

  it('an approval without changes states no facts, one with facts that are the same is refused', () => {
    const entry = submit();
    expect(decideEvent(entry, { type: 'approved' }, clerk, now)).toMatchObject({ ok: true, event: { facts: null } });
    for (const amend of [{}, { hours: entry.hours }]) {
      expect(decideEvent(entry, { type: 'approved', amend }, clerk, now)).toEqual({ ok: false, reason: 'no-change' });
    }
  });

  it('a returned entry goes in again, changed, by the owner or by who had logged it', () => {
    const event = submitEvent({
      entryId: 7,
      staffNo: owner,
      by: 'E0003',
      at: now,
      facts: makeFacts({ hours: 800 }),
      source: 'import',
      importId: 'abc',
    });
    const logged = applyEvent(undefined, event);
    const entry = apply(logged, does.return(logged, clerk));
    expect(resubmitEvent(entry, makeFacts({ hours: 800 }), owner, now)).toEqual({ ok: false, reason: 'no-change' });
    expect(resubmitEvent(entry, makeFacts({ hours: 300 }), 'E0003', now).ok).toBe(true);
    const later = '2026-11-21T02:00:00.000Z';
    expect(apply(entry, resubmitEvent(entry, makeFacts({ hours: 300 }), owner, later))).toMatchObject({
      state: 'submitted',
      claimedHours: 300,
      submittedAt: later,
      submittedBy: owner,
      decidedAt: null,
      decidedBy: null,
      reason: null,
      source: 'import',
      importId: 'abc',
      version: 3,
    });
  });

  it('an approval that changes something may say why; the others carry no reason', () => {
    const approval = (decision: Parameters<typeof decideEvent>[1]) => {
      const entry = applyEvent(
        undefined,
        submitEvent({
          entryId: 9,
          staffNo: owner,
          by: owner,
          at: now,
          facts: makeFacts(),
          source: 'chat',
          importId: null,
        }),
      );
      const result = decideEvent(entry, decision, clerk, now);
      if (!result.ok) throw new Error(result.reason);
      return applyEvent(entry, result.event).reason;
    };
    expect(approval({ type: 'approved', amend: { hours: 200 }, reason: ' 只参加了半天 ' })).toBe('只参加了半天');
    expect(approval({ type: 'approved', amend: { hours: 200 }, reason: ' ' })).toBe(null);
    expect(approval({ type: 'approved', reason: '只参加了半天' })).toBe(null);
  });

  it('an import approves what the importer logged for others, but not the own rows', () => {
    const importing = (staffNo: string) =>
      applyEvent(
        undefined,
        submitEvent({ entryId: 8, staffNo, by: clerk, at: now, facts: makeFacts(), source: 'import', importId: 'abc' }),
      );
    expect(decideEvent(importing(owner), { type: 'approved' }, clerk, now).ok).toBe(true);
    expect(decideEvent(importing(clerk), { type: 'approved' }, clerk, now)).toEqual({ ok: false, reason: 'own-entry' });
  });
});

describe('rebuilding an entry from its events', () => {
  const step = fc.record({
    deed: fc.constantFrom(...deeds),
    facts: arbitraryFacts,
    amend: fc.boolean(),
    by: fc.constantFrom(owner, clerk, 'E0003'),
  });

  /** Takes the steps that are allowed and skips the others. */
  function live(first: HourEvent, steps: { deed: Deed; facts: HourFacts; amend: boolean; by: string }[]) {
    const events = [first];
    let entry = applyEvent(undefined, first);
    for (const { deed, facts, amend, by } of steps) {
      const result =
        deed === 'resubmit'
          ? resubmitEvent(entry, facts, by, now)
          : deed === 'approve' && amend
            ? decideEvent(entry, { type: 'approved', amend: { hours: facts.hours, content: facts.content } }, by, now)
            : does[deed](entry, by);
      if (!result.ok) continue;
      entry = applyEvent(entry, result.event);
      events.push(result.event);
    }
    return { entry, events };
  }

  const history = fc
    .record({ facts: arbitraryFacts, by: fc.constantFrom(owner, clerk), steps: fc.array(step, { maxLength: 12 }) })
    .map(({ facts, by, steps }) =>
      live(submitEvent({ entryId: 5, staffNo: owner, by, at: now, facts, source: 'chat', importId: null }), steps),
    );

  it('gives the state that was reached step by step, with every field in the order of the schema', () => {
    fc.assert(
      fc.property(history, ({ entry, events }) => {
        const rebuilt = rebuildEntry(events);
        expect(JSON.stringify(rebuilt)).toBe(JSON.stringify(entry));
        expect(JSON.stringify(hourEntrySchema.parse(rebuilt))).toBe(JSON.stringify(rebuilt));
        expect(rebuilt.version).toBe(events.length);
        expect(rebuilt.shares.reduce((sum, share) => sum + share.hours, 0)).toBe(rebuilt.hours);
      }),
    );
  });

  it('refuses a history with an event left out, repeated or out of order', () => {
    fc.assert(
      fc.property(history, fc.nat(), ({ events }, place) => {
        const at = place % events.length;
        const without = events.toSpliced(at, 1);
        const twice = events.toSpliced(at, 0, events[at] as HourEvent);
        if (at < events.length - 1 || events.length === 1) expect(() => rebuildEntry(without)).toThrow();
        expect(() => rebuildEntry(twice)).toThrow();
        if (events.length > 1) expect(() => rebuildEntry(events.toReversed())).toThrow();
      }),
    );
  });

  const submitted = submitEvent({
    entryId: 5,
    staffNo: owner,
    by: owner,
    at: now,
    facts: makeFacts(),
    source: 'chat',
    importId: null,
  });
  const next = (change: Partial<HourEvent>): HourEvent => ({
    ...submitted,
    seq: 2,
    type: 'approved',
    by: clerk,
    facts: null,
    ...change,
  });

  it.each<[string, HourEvent[]]>([
    ['nothing at all', []],
    ['a beginning that is no submission', [next({ seq: 1 })]],
    ['a submission without facts', [{ ...submitted, facts: null }]],
    [
      'a training that ends before it begins',
      [{ ...submitted, facts: makeFacts({ from: '2026-11-20', to: '2026-11-19' }) }],
    ],
    ['a number left out', [submitted, next({ seq: 3 })]],
    ['another entry', [submitted, next({ entryId: 6 })]],
    ['another person', [submitted, next({ staffNo: 'E1002' })]],
    ['another source', [submitted, next({ source: 'import' })]],
    ['an approval by the owner', [submitted, next({ by: owner })]],
    [
      'an approval that changes the day',
      [submitted, next({ facts: makeFacts({ from: '2026-11-19', to: '2026-11-19' }) })],
    ],
    ['an approval that changes the title', [submitted, next({ facts: makeFacts({ title: '另一个培训' }) })]],
    ['a return without a reason', [submitted, next({ type: 'returned' })]],
    ['a return by the owner', [submitted, next({ type: 'returned', by: owner, reason: '请补证明' })]],
    ['a rejection with facts', [submitted, next({ type: 'rejected', reason: '不属培训', facts: makeFacts() })]],
    ['a withdrawal by somebody else', [submitted, next({ type: 'withdrawn' })]],
    ['a withdrawal with facts', [submitted, next({ type: 'withdrawn', by: owner, facts: makeFacts() })]],
    ['a void before approval', [submitted, next({ type: 'voided', reason: '重复登记' })]],
    ['two decisions', [submitted, next({}), next({ seq: 3 })]],
    ['a second submission out of the blue', [submitted, next({ type: 'submitted', facts: makeFacts() })]],
  ])('refuses %s', (_, events) => expect(() => rebuildEntry(events)).toThrow());
});
