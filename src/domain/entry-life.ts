import { splitByYear } from './credit.ts';
import { type Instant, yearOf } from './day.ts';
import { type EntryState, factsSchema, type HourEntry, type HourEvent, type HourFacts } from './hours.ts';

/**
 * The life of an hour entry (三.6: 随时记入电子档案): submitted → approved, perhaps with changed facts | returned and
 * submitted again | rejected; withdrawn while it is open by its owner or by who logged it for the owner; voided, or corrected
 * and still approved, after that. Nobody decides on, voids or corrects an entry of their own.
 */
export type LifeFault = 'not-open' | 'own-entry' | 'not-owner' | 'reason-needed' | 'no-change' | 'not-approved';
export type LifeResult = { ok: true; event: HourEvent } | { ok: false; reason: LifeFault };

/** What a reviewer may change while approving. */
export type Amendment = Partial<Pick<HourFacts, 'hours' | 'kind' | 'form' | 'content'>>;
export type Decision =
  /** `reason` says why something was amended; empty is none. */
  | { type: 'approved'; amend?: Amendment; reason?: string }
  | { type: 'returned'; reason: string }
  | { type: 'rejected'; reason: string };

/** From which states an event leads on; an entry begins with `submitted`. */
const allowedFrom: Record<HourEvent['type'], readonly EntryState[]> = {
  submitted: ['returned'],
  approved: ['submitted'],
  returned: ['submitted'],
  rejected: ['submitted'],
  withdrawn: ['submitted', 'returned'],
  voided: ['approved'],
  corrected: ['approved'],
};

const factNames = Object.keys(factsSchema.shape) as (keyof HourFacts)[];
const amendable: readonly (keyof HourFacts)[] = ['hours', 'kind', 'form', 'content'];
const correctable: readonly (keyof HourFacts)[] = ['hours', 'from', 'to'];

/** The facts of an entry, in the order of their schema. */
export const factsOf = (source: HourFacts): HourFacts => ({
  from: source.from,
  to: source.to,
  hours: source.hours,
  content: source.content,
  kind: source.kind,
  form: source.form,
  title: source.title,
  organiser: source.organiser,
  place: source.place,
  proof: source.proof,
  result: source.result,
  note: source.note,
});

const changedNames = (before: HourFacts, after: HourFacts): (keyof HourFacts)[] =>
  factNames.filter((name) => before[name] !== after[name]);

const courseOf = ({ courseId }: { readonly courseId?: number | undefined }): Pick<HourEvent, 'courseId'> =>
  courseId === undefined ? {} : { courseId };

const refuse = (reason: LifeFault): LifeResult => ({ ok: false, reason });

function nextEvent(
  entry: HourEntry,
  type: HourEvent['type'],
  by: string,
  at: Instant,
  more: { reason?: string; facts?: HourFacts } = {},
): LifeResult {
  const event: HourEvent = {
    entryId: entry.id,
    seq: entry.version + 1,
    type,
    at,
    by,
    staffNo: entry.staffNo,
    reason: more.reason?.trim() ?? null,
    facts: more.facts ?? null,
    source: entry.source,
    importId: entry.importId,
    ...courseOf(entry),
  };
  return { ok: true, event };
}

/** The first event of an entry; `by` is the owner, or who logged it for the owner. */
export function submitEvent(args: {
  entryId: number;
  staffNo: string;
  by: string;
  at: Instant;
  facts: HourFacts;
  source: HourEvent['source'];
  importId: string | null;
  courseId?: number | undefined;
}): HourEvent {
  return {
    entryId: args.entryId,
    seq: 1,
    type: 'submitted',
    at: args.at,
    by: args.by,
    staffNo: args.staffNo,
    reason: null,
    facts: factsOf(args.facts),
    source: args.source,
    importId: args.importId,
    ...courseOf(args),
  };
}

/** A returned entry goes in again with corrected facts, by its owner or by who had logged it for the owner. */
export function resubmitEvent(entry: HourEntry, facts: HourFacts, by: string, at: Instant): LifeResult {
  if (by !== entry.staffNo && by !== entry.submittedBy) return refuse('not-owner');
  if (!allowedFrom.submitted.includes(entry.state)) return refuse('not-open');
  if (changedNames(entry, facts).length === 0) return refuse('no-change');
  return nextEvent(entry, 'submitted', by, at, { facts: factsOf(facts) });
}

/** A reviewer's word on a submitted entry. An amendment that amends nothing is `no-change`. */
export function decideEvent(entry: HourEntry, decision: Decision, by: string, at: Instant): LifeResult {
  if (by === entry.staffNo) return refuse('own-entry');
  if (!allowedFrom[decision.type].includes(entry.state)) return refuse('not-open');
  if (decision.type !== 'approved') {
    if (decision.reason.trim() === '') return refuse('reason-needed');
    return nextEvent(entry, decision.type, by, at, { reason: decision.reason });
  }
  if (decision.amend === undefined) return nextEvent(entry, 'approved', by, at);
  const facts = { ...factsOf(entry), ...decision.amend };
  if (changedNames(entry, facts).length === 0) return refuse('no-change');
  const reason = decision.reason?.trim() ?? '';
  return nextEvent(entry, 'approved', by, at, reason === '' ? { facts } : { facts, reason });
}

/** An entry that is submitted or returned is taken back, by its owner or by who logged it for the owner. */
export function withdrawEvent(entry: HourEntry, by: string, at: Instant): LifeResult {
  if (by !== entry.staffNo && by !== entry.submittedBy) return refuse('not-owner');
  if (!allowedFrom.withdrawn.includes(entry.state)) return refuse('not-open');
  return nextEvent(entry, 'withdrawn', by, at);
}

/** An approved entry is declared void; it stays in the ledger with the reason. */
export function voidEvent(entry: HourEntry, reason: string, by: string, at: Instant): LifeResult {
  if (by === entry.staffNo) return refuse('own-entry');
  if (!allowedFrom.voided.includes(entry.state)) return refuse('not-approved');
  if (reason.trim() === '') return refuse('reason-needed');
  return nextEvent(entry, 'voided', by, at, { reason });
}

/** The hours or the days of an approved entry are put right; it says why, and stays approved. */
export function correctEvent(
  entry: HourEntry,
  change: Pick<HourFacts, 'hours' | 'from' | 'to'>,
  reason: string,
  by: string,
  at: Instant,
): LifeResult {
  if (by === entry.staffNo) return refuse('own-entry');
  if (!allowedFrom.corrected.includes(entry.state)) return refuse('not-approved');
  if (reason.trim() === '') return refuse('reason-needed');
  const { hours, from, to } = change;
  const facts = { ...factsOf(entry), hours, from, to };
  if (changedNames(entry, facts).length === 0) return refuse('no-change');
  return nextEvent(entry, 'corrected', by, at, { reason, facts });
}

/** Why the event cannot follow the entry, or null when it can. */
function impossible(entry: HourEntry | undefined, event: HourEvent): string | null {
  const owner = event.by === event.staffNo;
  if (entry === undefined) {
    if (event.seq !== 1 || event.type !== 'submitted') return 'an entry begins with event 1, submitted';
  } else {
    if (event.entryId !== entry.id || event.staffNo !== entry.staffNo) return 'the event belongs to another entry';
    const isSame = (['source', 'importId', 'courseId'] as const).every((name) => event[name] === entry[name]);
    if (!isSame) return 'the source changed';
    if (event.seq !== entry.version + 1) return `event ${entry.version + 1} is missing`;
    if (!allowedFrom[event.type].includes(entry.state)) return `${event.type} cannot follow ${entry.state}`;
  }
  switch (event.type) {
    case 'submitted':
      if (event.facts === null) return 'a submission states the facts';
      return event.facts.to < event.facts.from ? 'the training ends before it begins' : null;
    case 'approved': {
      if (owner) return 'nobody approves an entry of their own';
      const changed = event.facts === null || entry === undefined ? [] : changedNames(entry, event.facts);
      return changed.every((name) => amendable.includes(name))
        ? null
        : 'only hours, kind, form and content are amended';
    }
    case 'corrected': {
      if (owner) return 'nobody corrects an entry of their own';
      if ((event.reason ?? '').trim() === '') return 'a correction needs a reason';
      const changed = event.facts === null || entry === undefined ? [] : changedNames(entry, event.facts);
      if (changed.length === 0) return 'a correction changes something';
      if (event.facts !== null && event.facts.to < event.facts.from) return 'the training ends before it begins';
      return changed.every((name) => correctable.includes(name)) ? null : 'only hours and days are corrected';
    }
    case 'withdrawn':
      if (event.facts !== null) return 'a withdrawal changes no facts';
      return owner || event.by === entry?.submittedBy ? null : 'only the owner or who logged it withdraws an entry';
    default:
      if (event.facts !== null) return `${event.type} changes no facts`;
      if (owner) return 'nobody decides on an entry of their own';
      return (event.reason ?? '').trim() === '' ? `${event.type} needs a reason` : null;
  }
}

/**
 * The state of an entry after an event. `claimedHours`, `submittedAt` and `submittedBy` follow the last submission;
 * `decidedAt`, `decidedBy` and `reason` the last event that was not one. Fields come in the order of the schema.
 *
 * @throws Error when no entry can have this history
 */
export function applyEvent(entry: HourEntry | undefined, event: HourEvent): HourEntry {
  const fault = impossible(entry, event);
  const stated = event.facts ?? entry;
  if (fault !== null || stated === undefined) {
    throw new Error(`hour entry ${event.entryId}, event ${event.seq} (${event.type}): ${fault}`);
  }
  const facts = factsOf(stated);
  const submission = event.type === 'submitted' || entry === undefined;
  const shares = splitByYear(facts.from, facts.to, facts.hours);
  return Object.assign(facts, {
    id: event.entryId,
    staffNo: event.staffNo,
    year: yearOf(facts.from),
    shares,
    crossesYear: shares.length > 1,
    state: event.type === 'corrected' ? 'approved' : event.type,
    claimedHours: submission ? facts.hours : entry.claimedHours,
    source: event.source,
    importId: event.importId,
    ...courseOf(event),
    submittedAt: submission ? event.at : entry.submittedAt,
    submittedBy: submission ? event.by : entry.submittedBy,
    decidedAt: submission ? null : event.at,
    decidedBy: submission ? null : event.by,
    reason: event.reason,
    version: event.seq,
  });
}

/** The state that the events of one entry, in order, lead to. @throws Error when there are none or they cannot be */
export function rebuildEntry(events: readonly HourEvent[]): HourEntry {
  let entry: HourEntry | undefined;
  for (const event of events) entry = applyEvent(entry, event);
  if (entry === undefined) throw new Error('an hour entry has at least one event');
  return entry;
}
