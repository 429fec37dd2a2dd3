import type { AttendanceState } from '../../domain/attendance.ts';
import { attendanceNames } from '../../texts/glossary.ts';
import { normalise } from './normalise.ts';
import type { Candidate, PersonReading } from './people.ts';
import { splitReason } from './reason.ts';

/** What is said of somebody, with the reason that is given for it. */
export interface RollWord<T extends Candidate> {
  readonly person: T;
  readonly state: AttendanceState;
  readonly reason: string | null;
}

/** What a roll says, word by word. */
export interface RollReading<T extends Candidate> {
  /** 全部到: whoever is not named is there. */
  readonly everybody: boolean;
  readonly marks: readonly RollWord<T>[];
  /** Names that several people of the class have. */
  readonly doubts: readonly { readonly said: string; readonly people: readonly T[] }[];
  /** Words that name nobody of the class and no state. */
  readonly unknown: readonly string[];
  /** People of whom nothing is said. */
  readonly unsaid: readonly T[];
  /** People of whom two things are said. */
  readonly twice: readonly T[];
}

const states: readonly (readonly [AttendanceState, RegExp])[] = [
  ['late-left-early', /^(?:迟到(?:并|且|又|、)?早退)$/],
  ['on-leave', /^(?:请假|事假|病假|公假|准假)$/],
  ['absent', /^(?:缺勤|缺席|缺课|旷课|未到|没到|没来|未来|不在|×)$/],
  ['late', /^(?:迟到|晚到)$/],
  ['left-early', /^(?:早退|早走)$/],
  ['present', /^(?:出勤|到课|到场|已到|到了|签到|到|来了|√)$/],
];
const stateWord =
  /(迟到(?:并|且|又)?早退|请假|事假|病假|公假|准假|缺勤|缺席|缺课|旷课|未到|没到|没来|未来|不在|迟到|晚到|早退|早走|出勤|到课|到场|已到|签到|来了|√|×)了?/;
const everybody =
  /(?:全部|全体|全员|全都|全|所有人|大家|其余|其他|其它|剩下)(?:人员|学员|的人|人|的)?(?:全部|全都|都|均|全)?(?:已)?(?:出勤|到课|到场|签到|到齐|来齐|到|来)(?:了|齐)*|都[到来](?:了|齐)*/;
/** Ticks and crosses as keyboards and phones write them. */
const ticks = /[√✓✔☑✅]/g;
const crosses = /[×✗✘✕✖❌☒]/g;
/** 迟到20分钟: how long is not kept. */
const minutes =
  /(迟到|晚到|早退|早走)了?\s*(?:大?约)?\s*(?:\d+|[一二两三四五六七八九十半几]+)\s*(?:多)?\s*(?:分钟|分|个?小时|刻钟)/g;
const exceptions = /^(?:除了|除去|除外|以外|之外|但是|只有|其中)/;
/** As well the beginning of a name or a unit: 外国语学院. */
const shortExceptions = /^[除外但]/;

const stateOf = (word: string): AttendanceState | null =>
  states.find(([, pattern]) => pattern.test(word.replace(/(?<=.)了$/, '')))?.[0] ?? null;

/**
 * 全部到，除了 张三 请假、李四 缺勤; 张三、李四 缺勤，其余全到; 缺勤：张三、李四；请假：王五. A state holds for the names before it,
 * with a colon behind it for those that follow. Nothing is guessed: every word is a name of the class, a state or says that
 * others are meant. A reason (理由 临时出差) is for those of whom is spoken before it, and ends where the roll goes on.
 */
export function readRollWords<T extends Candidate>(
  said: string,
  find: (name: string) => PersonReading<T>,
): RollReading<T> {
  const text = normalise(said).replace(ticks, '√').replace(crosses, '×').replace(minutes, '$1');
  const reader = new Reader(find);
  let isEverybody = false;
  for (const { body, reason } of byReason(text, find)) {
    const rest = body.replace(everybody, '；');
    isEverybody ||= rest !== body;
    for (const part of rest.split(/[；;。\n]+/)) reader.readPart(part, reason);
  }
  return { everybody: isEverybody, ...reader.found() };
}

interface Reasoned {
  readonly body: string;
  readonly reason: string | null;
}

/** A roll in parts, each with the reason that stands behind it. */
function byReason<T extends Candidate>(said: string, find: (name: string) => PersonReading<T>): Reasoned[] {
  const { left, reason } = splitReason(said);
  if (reason === null) return [{ body: left, reason }];
  const pieces = reason.split(/([\s，,、；;。]+)/);
  for (let i = 2; i < pieces.length; i += 2) {
    if (goesOn(pieces[i] ?? '', find))
      return [{ body: left, reason: pieces.slice(0, i - 1).join('') }, ...byReason(pieces.slice(i).join(''), find)];
  }
  return [{ body: left, reason }];
}

/** Whether words within a reason are the roll again: every one of them is a name of the class with or without a state, or all are meant. */
function goesOn<T extends Candidate>(piece: string, find: (name: string) => PersonReading<T>): boolean {
  const rest = piece.replace(everybody, '；');
  const reader = new Reader(find);
  for (const part of rest.split('；')) reader.readPart(part, null);
  const { marks, doubts, unsaid, unknown } = reader.found();
  return unknown.length === 0 && (rest !== piece || marks.length + doubts.length + unsaid.length > 0);
}

class Reader<T extends Candidate> {
  private readonly find: (name: string) => PersonReading<T>;
  private readonly marks = new Map<T, Omit<RollWord<T>, 'person'>>();
  private readonly twice = new Set<T>();
  private readonly doubts: { said: string; people: readonly T[] }[] = [];
  private readonly unknown: string[] = [];
  private readonly unsaid: T[] = [];
  /** People who wait for the state behind them. */
  private waiting: T[] = [];
  /** The state whose colon stands before. */
  private label: AttendanceState | null = null;
  private reason: string | null = null;
  /** A word that named nobody waits for its state as well. */
  private hasStranger = false;

  constructor(find: (name: string) => PersonReading<T>) {
    this.find = find;
  }

  found() {
    const marks = [...this.marks].map(([person, said]) => ({ person, ...said }));
    return { marks, doubts: this.doubts, unknown: this.unknown, unsaid: this.unsaid, twice: [...this.twice] };
  }

  /** What stands between full stops and semicolons, and the reason that holds for it. */
  readPart(part: string, reason: string | null): void {
    this.reason = reason;
    const words = part
      .replace(/[:：]/g, ' : ')
      .split(/[\s，,、（）()]+/)
      .flatMap((word) => this.apart(word));
    for (let i = 0; i < words.length; i += 1) {
      const word = words[i] ?? '';
      const state = stateOf(word);
      if (word === ':') continue;
      if (state !== null && words[i + 1] === ':') {
        this.close();
        this.label = state;
      } else if (state !== null) this.settle(state);
      else if (this.isNamed(`${word}${words[i + 1] ?? ''}`)) {
        this.name(`${word}${words[i + 1] ?? ''}`);
        i += 1;
      } else this.name(word);
    }
    this.close();
  }

  private settle(state: AttendanceState): void {
    if (this.waiting.length === 0 && !this.hasStranger) this.unknown.push(attendanceNames[state]);
    this.hasStranger = false;
    for (const person of this.waiting) this.mark(person, state);
    this.waiting = [];
  }

  private mark(person: T, state: AttendanceState): void {
    const before = this.marks.get(person);
    if (before !== undefined && before.state !== state) this.twice.add(person);
    this.marks.set(person, { state, reason: this.reason });
  }

  private close(): void {
    this.unsaid.push(...this.waiting);
    this.waiting = [];
    this.label = null;
    this.hasStranger = false;
  }

  private name(word: string): void {
    const found = this.find(word);
    if (found.ok && this.label !== null) this.mark(found.person, this.label);
    else if (found.ok) this.waiting.push(found.person);
    else if (found.reason === 'several') {
      this.doubts.push({ said: word, people: found.matches });
      // Which of them it is will be asked; what is said of them is no word of its own.
      const [one] = found.matches;
      if (one !== undefined && this.label === null) this.waiting.push(one);
    } else {
      this.unknown.push(word);
      this.hasStranger = true;
    }
  }

  private isNamed(word: string): boolean {
    const found = this.find(word);
    return found.ok || found.reason === 'several';
  }

  /** 除了张三请假 → 张三, 请假; 张三和李四 → both; a name that is known stays whole. */
  private apart(word: string): string[] {
    if (word === '' || /^(?:的|和|与|及|以及|人|也|都|有|是)$/.test(word)) return [];
    if (word === ':' || stateOf(word) !== null || this.isNamed(word)) return [word];
    const exception = exceptions.exec(word)?.[0];
    if (exception !== undefined) return this.apart(word.slice(exception.length));
    if (shortExceptions.test(word)) {
      const words = this.apart(word.slice(1));
      if (words.length === 0 || words.some((one) => stateOf(one) !== null || this.isNamed(one))) return words;
    }
    const state = stateWord.exec(word);
    if (state !== null) {
      const [whole, bare = ''] = state;
      return [...this.apart(word.slice(0, state.index)), bare, ...this.apart(word.slice(state.index + whole.length))];
    }
    if (word.endsWith('到') && this.isNamed(word.slice(0, -1))) return [word.slice(0, -1), '到'];
    for (const { 0: and, index } of word.matchAll(/以及|和|与|及/g)) {
      if (index > 0 && this.isNamed(word.slice(0, index)))
        return [word.slice(0, index), ...this.apart(word.slice(index + and.length))];
    }
    return [word];
  }
}
