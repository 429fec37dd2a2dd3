import { type Cadre, cadres } from '../../domain/cadre.ts';
import {
  addDays,
  addMonths,
  addMs,
  type Day,
  dayOf,
  daysBetween,
  firstDayOf,
  type Instant,
  instantAt,
  lastDayOf,
  monthOf,
} from '../../domain/day.ts';
import type { WorkCalendar } from '../../domain/policy.ts';
import { listAll, type Store } from '../../store/store.ts';
import { simulatorWords } from '../../texts/simulator.ts';
import { viewBackstage, viewRecords } from './backstage.ts';
import type { SimulatedClock, Walk } from './clock.ts';
import { privateChat, type Simulator, simulatorGroup } from './simulator.ts';
import type {
  AuditLine,
  BackstageView,
  ChatView,
  Chip,
  ClockView,
  DeskEvent,
  DeskResult,
  JobLine,
  Move,
  PageState,
  Person,
  TapResult,
} from './wire.ts';

/** A running bot, as far as the page has to do with it. */
export interface RunningBot extends Pick<Walk, 'nextDue' | 'settle'> {
  readonly store: Store;
  readonly simulator: Simulator;
  readonly clock: SimulatedClock;
  readonly calendar: WorkCalendar;
  readonly isSample: () => Promise<boolean>;
  readonly jobs: () => Promise<readonly JobLine[]>;
  /** Told after each transaction. @returns a function that ends it */
  readonly onChange: (listener: () => void) => () => void;
  /** What this person may want to say; null for somebody who is not on the roster. */
  readonly suggest: (cadre: Cadre | null, chat: 'private' | 'group') => readonly Chip[] | Promise<readonly Chip[]>;
}

/** Everything that the page can see and do. It outlives the bot behind it, which a reset replaces. */
export interface Desk {
  state(): Promise<PageState>;
  chat(id: string, before?: number): Promise<ChatView>;
  /** What may be said there at this moment. */
  chips(id: string): Promise<readonly Chip[]>;
  backstage(): Promise<BackstageView>;
  /** The audit records before number `before`, newest first. */
  records(before: number): Promise<readonly AuditLine[]>;
  says(person: string, text: string, chat: string): Promise<DeskResult>;
  sendsFile(person: string, file: { name: string; bytes: Uint8Array }, chat: string): Promise<DeskResult>;
  taps(person: string, messageId: string, press: unknown, form: Record<string, unknown>): Promise<TapResult>;
  /** Resolves when the clock has arrived. */
  move(move: Move): Promise<DeskResult>;
  reset(): Promise<DeskResult>;
  /** A file that was shown in a message. */
  file(messageId: string, blob: string): Promise<{ name: string; bytes: Uint8Array } | undefined>;
  subscribe(listener: (event: DeskEvent) => void): () => void;
}

const hourMs = 3_600_000;
const quietMs = 200;

/** `bot()` is asked anew for every request; `reset` rebuilds the sample, after which `bot()` may be another one. */
export function createDesk(options: { readonly bot: () => RunningBot; readonly reset: () => Promise<void> }): Desk {
  const { bot } = options;
  const listeners = new Set<(event: DeskEvent) => void>();
  let busy: 'moving' | 'resetting' | null = null;
  let walkingTo: Instant | null = null;

  const publish = (event: DeskEvent): void => {
    for (const listener of listeners) listener(event);
  };
  let isTelling = false;
  /** A walk of the clock makes hundreds of transactions: pages are told a few times a second at most. */
  const tellChange = (): void => {
    if (isTelling) return;
    isTelling = true;
    const tell = (): void => {
      isTelling = false;
      publish({ type: 'backstage' });
    };
    setTimeout(tell, quietMs).unref();
  };
  const attach = (): (() => void) => {
    const ends = [bot().simulator.subscribe(publish), bot().onChange(tellChange)];
    return () => {
      for (const end of ends) end();
    };
  };
  let detach = attach();

  const clockView = (): ClockView => {
    const { clock, calendar } = bot();
    const now = clock.now();
    return { now, dayKind: calendar.kindOf(dayOf(now)), monthStep: monthStepAt(now), walkingTo };
  };
  const publishClock = (): void => publish({ type: 'clock', clock: clockView() });

  /** What is refused with a sentence, instead of failing. */
  const attempt = async <T>(work: () => Promise<T>): Promise<DeskResult<T>> => {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      if (error instanceof RangeError) return { ok: false, reason: error.message };
      throw error;
    }
  };
  /** One move or reset at a time. */
  const exclusively = async (what: 'moving' | 'resetting', work: () => Promise<void>): Promise<DeskResult> => {
    if (busy !== null) return { ok: false, reason: simulatorWords[busy] };
    busy = what;
    return attempt(work).finally(() => {
      busy = null;
    });
  };
  /** People may speak while time moves, but not while the ground is exchanged. */
  const unlessResetting = async <T>(work: () => Promise<T>): Promise<DeskResult<T>> =>
    busy === 'resetting' ? { ok: false, reason: simulatorWords.resetting } : attempt(work);

  const chipsOf = async (id: string): Promise<readonly Chip[]> => {
    const { store, suggest } = bot();
    const isGroup = id === simulatorGroup.id;
    const cadre = await store.read(async (view) =>
      isGroup ? firstPeople(await listAll(view, cadres)).cadre : view.get(cadres, id.slice(2)),
    );
    return suggest(cadre ?? null, isGroup ? 'group' : 'private');
  };

  return {
    async state() {
      const people = await bot().store.read((view) => listAll(view, cadres));
      const { cadre, clerk, head } = firstPeople(people);
      const first = [cadre, clerk, head].flatMap((person) => (person ? [privateChat(person.staffNo)] : []));
      return {
        clock: clockView(),
        group: simulatorGroup,
        people: people.map(personOf),
        sample: await bot().isSample(),
        windows: [...first, simulatorGroup.id],
      };
    },
    chat: async (id, before) => ({ ...(await bot().simulator.history(id, before)), chips: await chipsOf(id) }),
    // While the sample is made anew there is nothing to say, and the store may be closed already.
    chips: (id) =>
      chipsOf(id).catch((error: unknown) => {
        if (busy !== 'resetting') throw error;
        return [];
      }),
    backstage: async () => viewBackstage(bot().store, await bot().jobs()),
    records: (before) => viewRecords(bot().store, before),
    says: (person, text, chat) => unlessResetting(() => bot().simulator.says(person, text, chat)),
    sendsFile: (person, file, chat) => unlessResetting(() => bot().simulator.sendsFile(person, file, chat)),
    taps: (person, messageId, press, form) =>
      unlessResetting(() => bot().simulator.taps(person, messageId, press, form)),
    async move(move) {
      const { clock, calendar, nextDue, settle } = bot();
      const target = targetOf(move, clock.now(), calendar);
      if (target <= clock.now()) return { ok: false, reason: simulatorWords.pastDay };
      if (daysBetween(dayOf(clock.now()), dayOf(target)) > 366) return { ok: false, reason: simulatorWords.farDay };
      return exclusively('moving', async () => {
        walkingTo = target;
        publishClock();
        try {
          await clock.moveTo(target, { nextDue, settle, onStep: publishClock });
        } finally {
          walkingTo = null;
          publishClock();
        }
      });
    },
    reset: () =>
      exclusively('resetting', async () => {
        detach();
        try {
          await options.reset();
        } finally {
          detach = attach();
        }
        publish({ type: 'reset' });
      }),
    async file(messageId, blob) {
      const { store, simulator } = bot();
      const message = await simulator.message(messageId);
      const sent = message?.reply?.type === 'file' ? [message.reply] : [];
      const file = [...sent, ...(message?.files ?? [])].find((candidate) => candidate.blob === blob);
      const bytes = file && (await store.blobs.get(blob));
      return file && bytes && { name: file.name, bytes };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const personOf = ({ staffNo, name, unit, position, roles, state }: Cadre): Person => ({
  id: staffNo,
  name,
  unit,
  position,
  roles,
  state,
});

/** The first cadre whose unit has a head, the clerk, and that head. */
function firstPeople(people: readonly Cadre[]): Partial<Record<'cadre' | 'clerk' | 'head', Cadre>> {
  const active = people.filter(({ state }) => state === 'active');
  const plain = active.filter(({ roles }) => roles.length === 0);
  const headOf = (unit: string) => active.find((one) => one.unit === unit && one.roles.includes('unit-head'));
  const cadre = plain.find(({ unit }) => headOf(unit) !== undefined) ?? plain[0];
  const head = cadre && headOf(cadre.unit);
  const clerk = active.find(({ roles }) => roles.includes('clerk'));
  return { ...(cadre && { cadre }), ...(clerk && { clerk }), ...(head && { head }) };
}

const monthEnd = (now: Instant): Instant => instantAt(lastDayOf(monthOf(dayOf(now))), '18:00');
const monthStepAt = (now: Instant): ClockView['monthStep'] => (now < monthEnd(now) ? 'month-end' : 'first-workday');

function targetOf(move: Move, now: Instant, calendar: WorkCalendar): Instant {
  switch (move.step) {
    case 'hour':
      return addMs(now, hourMs);
    case 'day':
      return addMs(now, 24 * hourMs);
    case 'date':
      return instantAt(move.day, '09:00');
    case 'month':
      return monthStepAt(now) === 'month-end' ? monthEnd(now) : nextFirstWorkday(now, calendar);
  }
}

/** Ten o’clock on the first working day of the next month; a doubtful day counts as one. */
function nextFirstWorkday(now: Instant, calendar: WorkCalendar): Instant {
  let day: Day = firstDayOf(addMonths(monthOf(dayOf(now)), 1));
  while (calendar.kindOf(day) === 'off') day = addDays(day, 1);
  return instantAt(day, '10:00');
}
