import type { Context } from '../../src/bot/context.ts';
import { appendHourEvent, nextEntryId } from '../../src/bot/ledger.ts';
import { listOverdue, planUrges, sendUrges } from '../../src/bot/urging.ts';
import { type Cadre, cadres, grades } from '../../src/domain/cadre.ts';
import { addDays, dayOf } from '../../src/domain/day.ts';
import {
  type Decision,
  decideEvent,
  type LifeResult,
  resubmitEvent,
  submitEvent,
  voidEvent,
  withdrawEvent,
} from '../../src/domain/entry-life.ts';
import { type Hearing, hearings } from '../../src/domain/hearing.ts';
import { contents, forms, type HourEntry, hourEntries } from '../../src/domain/hours.ts';
import { ownSubjects } from '../../src/domain/notice.ts';
import type { PolicyBook } from '../../src/domain/policy.ts';
import {
  acceptReflection,
  handIn,
  isOwed,
  owesReflection,
  type Reflection,
  type ReflectionResult,
  reflections,
  returnReflection,
} from '../../src/domain/reflection.ts';
import { enqueue } from '../../src/messenger/outbox.ts';
import { listAll, type Store, type Transaction } from '../../src/store/store.ts';
import { makeCadre } from './college.ts';
import type { Random } from './random.ts';
import type { Urging, World } from './reminder-rules.ts';

/** How often things happen, by thing and day. */
export interface Habits {
  /** Trainings logged in the college on a day. */
  readonly logs: number;
  readonly approves: number;
  readonly handsIn: number;
  /** Changes of the roster on a day. */
  readonly moves: number;
  /** How often somebody mutes a subject, puts reminders off, or wants to hear everything again. */
  readonly hushes: number;
  /** How often the department has people urged. */
  readonly urges: number;
}

/** People who log, decide, write, move and retire as a seed has it, and who remember what they did. */
export class SimulatedPeople implements World {
  readonly people = new Map<string, Cadre>();
  readonly entries = new Map<number, HourEntry>();
  readonly reflections = new Map<number, Reflection>();
  readonly hearings = new Map<string, Hearing>();
  /** What somebody may still change, by 登记号: looked through twice a day, and few among all. */
  readonly #open = new Map<number, HourEntry>();
  readonly #logged = new Map<number, HourEntry>();
  readonly #random: Random;
  readonly #policies: PolicyBook;
  readonly #habits: Habits;

  constructor(random: Random, policies: PolicyBook, habits: Habits) {
    this.#random = random;
    this.#policies = policies;
    this.#habits = habits;
  }

  /** Gets to know what the store holds. */
  async learn(store: Pick<Store, 'read'>): Promise<void> {
    await store.read(async (view) => {
      for (const cadre of await listAll(view, cadres)) this.people.set(cadre.staffNo, cadre);
      for (const entry of await listAll(view, hourEntries)) this.#remember(entry);
      for (const reflection of await listAll(view, reflections)) this.reflections.set(reflection.entryId, reflection);
    });
  }

  /** Between the planning of the morning and its message things are only done, or cease to matter. */
  async earlyMorning(tx: Transaction): Promise<void> {
    // What is approved now and asks for a reflection is planned tomorrow.
    await this.#decide(tx, this.#habits.approves / 4, (entry) => !owesReflection(entry, this.#policies.at(entry.to)));
    await this.#write(tx, this.#habits.handsIn / 4);
    // What nobody but the last clerks could decide falls to the head, who hears of it tomorrow.
    const clerks = this.#active().filter(({ roles }) => roles.includes('clerk'));
    const may = (cadre: Cadre): boolean => clerks.length > 2 || !clerks.includes(cadre);
    if (this.#random.chance(this.#habits.moves / 4)) await this.#lose(tx, may);
  }

  async afternoon(tx: Transaction): Promise<void> {
    for (let left = this.#habits.logs; left > 0; left -= 1) if (this.#random.chance(left)) await this.#log(tx);
    await this.#decide(tx, this.#habits.approves, () => true);
    await this.#mend(tx);
    await this.#write(tx, this.#habits.handsIn);
    await this.#read(tx);
    if (this.#random.chance(this.#habits.moves)) await this.#lose(tx);
    if (this.#random.chance(this.#habits.moves)) await this.#change(tx);
    if (this.#random.chance(this.#habits.hushes)) await this.#hush(tx);
  }

  /** Whom the department has urged today, if anybody. */
  wantsUrging(): Urging | null {
    const clerk = this.#random.pick(this.#active().filter(({ roles }) => roles.includes('clerk')));
    const kind = this.#random.pick(['reflection', 'returned', 'pace'] as const);
    if (clerk === undefined || kind === undefined || !this.#random.chance(this.#habits.urges)) return null;
    return { kind, by: clerk.staffNo };
  }

  /** 催办 as after 确认. */
  async urge(tx: Transaction, { kind, by }: Urging): Promise<void> {
    const now = tx.cause.at;
    const today = dayOf(now);
    const policies = this.#policies;
    const messenger = 'simulator';
    const context = {
      tx,
      now,
      today,
      policies,
      policy: policies.at(today),
      messenger,
      me: this.people.get(by),
      tell: (staffNo, reply, about) => enqueue(tx, { ...about, messenger, to: { type: 'cadre', staffNo }, reply }),
    } as Partial<Context> as Context;
    await sendUrges(
      context,
      await planUrges(context, (await listOverdue(tx, { asOf: today, policies }, { kind })).items),
    );
  }

  async #hush(tx: Transaction): Promise<void> {
    const staffNo = this.#random.pick(this.#active())?.staffNo;
    if (staffNo === undefined) return;
    const today = dayOf(tx.cause.at);
    const muted = ownSubjects.filter(() => this.#random.chance(0.3));
    const snoozedUntil = this.#random.chance(0.5) ? addDays(today, 1 + this.#random.below(12)) : null;
    const hearing = { staffNo, muted, snoozedUntil, updatedAt: tx.cause.at };
    this.hearings.set(staffNo, hearing);
    await tx.put(hearings, hearing);
  }

  #active(): Cadre[] {
    return [...this.people.values()].filter(({ state }) => state === 'active');
  }

  /** Somebody else: whoever decides, never the owner. */
  #other(staffNo: string): string {
    return this.#random.pick(this.#active().filter((cadre) => cadre.staffNo !== staffNo))?.staffNo ?? 'E9999';
  }

  async #append(tx: Transaction, result: LifeResult): Promise<void> {
    if (!result.ok) return;
    const { event } = result;
    const before = this.entries.get(event.entryId);
    const day = event.facts?.to ?? before?.to ?? dayOf(tx.cause.at);
    this.#remember(await appendHourEvent(tx, event, this.#policies.at(day)));
    const reflection = await tx.get(reflections, event.entryId);
    if (reflection !== undefined) this.reflections.set(event.entryId, reflection);
  }

  #remember(entry: HourEntry): void {
    this.entries.set(entry.id, entry);
    if (entry.state === 'submitted' || entry.state === 'returned') this.#open.set(entry.id, entry);
    else this.#open.delete(entry.id);
    if (entry.state === 'approved' && entry.source === 'chat') this.#logged.set(entry.id, entry);
    else this.#logged.delete(entry.id);
  }

  async #put(tx: Transaction, result: ReflectionResult<string>): Promise<void> {
    if (!result.ok) return;
    this.reflections.set(result.reflection.entryId, result.reflection);
    await tx.put(reflections, result.reflection);
  }

  async #putCadre(tx: Transaction, cadre: Cadre): Promise<void> {
    this.people.set(cadre.staffNo, cadre);
    await tx.put(cadres, cadre);
  }

  async #log(tx: Transaction): Promise<void> {
    const { at } = tx.cause;
    const who = this.#random.pick(this.#active())?.staffNo;
    if (who === undefined) return;
    const to = addDays(dayOf(at), -this.#random.below(12));
    const facts = {
      from: to,
      to,
      hours: 400 * (1 + this.#random.below(8)),
      content: this.#random.pick(contents) ?? 'theory',
      kind: 'thematic',
      form: this.#random.pick(forms) ?? 'intensive',
      title: '专题培训',
      organiser: null,
      place: null,
      proof: null,
      result: null,
      note: null,
    } as const;
    const entryId = await nextEntryId(tx);
    const event = submitEvent({ entryId, staffNo: who, by: who, at, facts, source: 'chat', importId: null });
    await this.#append(tx, { ok: true, event });
  }

  async #decide(tx: Transaction, often: number, which: (entry: HourEntry) => boolean): Promise<void> {
    for (const entry of this.#open.values()) {
      if (entry.state !== 'submitted' || !which(entry) || !this.#random.chance(often)) continue;
      const kind = this.#random.below(10);
      const reason = '请补充证明材料';
      const decision: Decision = kind < 6 ? { type: 'approved' } : { type: kind < 9 ? 'returned' : 'rejected', reason };
      await this.#append(tx, decideEvent(entry, decision, this.#other(entry.staffNo), tx.cause.at));
    }
  }

  /** Returned entries are corrected, taken back, or left lying; now and then an approved one is void. */
  async #mend(tx: Transaction): Promise<void> {
    const { at } = tx.cause;
    for (const entry of this.#open.values()) {
      const { state, staffNo, version } = entry;
      if (state !== 'returned' || !this.#random.chance(0.12)) continue;
      const isTakenBack = this.#random.chance(0.2);
      const place = `第 ${version} 版`;
      await this.#append(
        tx,
        isTakenBack ? withdrawEvent(entry, staffNo, at) : resubmitEvent(entry, { ...entry, place }, staffNo, at),
      );
    }
    for (const entry of this.#logged.values()) {
      if (!this.#random.chance(0.002)) continue;
      await this.#append(tx, voidEvent(entry, '重复登记', this.#other(entry.staffNo), at));
    }
  }

  async #write(tx: Transaction, often: number): Promise<void> {
    const { at } = tx.cause;
    const today = dayOf(at);
    for (const reflection of this.reflections.values()) {
      // Every eighth is never written.
      if (!isOwed(reflection) || reflection.entryId % 8 === 0 || reflection.endedOn > today) continue;
      if (!this.#random.chance(often)) continue;
      const policy = this.#policies.at(today);
      const text = { length: policy.reflection.minLength, blob: '', at, today };
      const result = handIn(reflection, text, policy);
      await this.#put(tx, result.ok ? { ok: true, reflection: { ...result.reflection, blob: null } } : result);
    }
  }

  async #read(tx: Transaction): Promise<void> {
    for (const reflection of this.reflections.values()) {
      if (reflection.state !== 'handed-in' || !this.#random.chance(0.3)) continue;
      const by = this.#other(reflection.staffNo);
      await this.#put(
        tx,
        this.#random.chance(0.6)
          ? acceptReflection(reflection, by)
          : returnReflection(reflection, by, '请结合本职工作'),
      );
    }
  }

  /** Somebody retires, or gives up an office. */
  async #lose(tx: Transaction, may: (cadre: Cadre) => boolean = () => true): Promise<void> {
    const cadre = this.#random.pick(this.#active().filter(may));
    if (cadre === undefined) return;
    await this.#putCadre(
      tx,
      this.#random.chance(0.5) ? { ...cadre, state: 'retired' } : { ...cadre, roles: cadre.roles.slice(1) },
    );
  }

  /** Somebody comes, comes back, moves, gets an office or another grade. */
  async #change(tx: Transaction): Promise<void> {
    const all = [...this.people.values()];
    const cadre = this.#random.pick(all);
    const unit = this.#random.pick(all)?.unit ?? '教务处';
    if (cadre === undefined) return;
    const role = this.#random.pick(['unit-head', 'clerk', 'department-head'] as const) ?? 'clerk';
    const grade = this.#random.pick(grades) ?? 'deputy';
    const changes: readonly Cadre[] = [
      { ...cadre, state: 'active' },
      { ...cadre, unit },
      { ...cadre, roles: [...new Set([...cadre.roles, role])] },
      { ...cadre, grade },
      makeCadre({
        staffNo: `N${1000 + this.people.size}`,
        name: '新来',
        unit,
        grade,
        appointedOn: dayOf(tx.cause.at),
      }),
    ];
    await this.#putCadre(tx, this.#random.pick(changes) ?? cadre);
  }
}
