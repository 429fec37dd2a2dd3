import type { AttendanceState } from '../../domain/attendance.ts';
import { attendanceNames } from '../../texts/glossary.ts';
import { normalise } from './normalise.ts';
import type { Candidate, PersonReading } from './people.ts';

/** What a roll says, word by word. */
export interface RollReading<T extends Candidate> {
  /** 全部到: whoever is not named is there. */
  readonly everybody: boolean;
  readonly marks: readonly { readonly person: T; readonly state: AttendanceState }[];
  /** Names that several people of the class have. */
  readonly doubts: readonly { readonly said: string; readonly people: readonly T[] }[];
  /** Words that name nobody of the class and no state. */
  readonly unknown: readonly string[];
  /** People of whom nothing is said. */
  readonly unsaid: readonly T[];
  /** People of whom two things are said. */
  readonly twice: readonly T[];
  /** Behind 理由. */
  readonly reason: string | null;
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
const exceptions = /^(?:除了?|除去|除外|以外|之外|外|但是?|只有|其中)/;
const reason = /(?:^|[\s，,；;。])(?:理由|原因|因为|说明)\s*[:：]?\s*([\s\S]+)$/;

const stateOf = (word: string): AttendanceState | null =>
  states.find(([, pattern]) => pattern.test(word.replace(/(?<=.)了$/, '')))?.[0] ?? null;

/**
 * 全部到，除了 张三 请假、李四 缺勤; 张三、李四 缺勤，其余全到; 缺勤：张三、李四；请假：王五. A state holds for the names before it,
 * with a colon behind it for those that follow. Nothing is guessed: every word is a name of the class, a state or says that
 * others are meant.
 */
export function readRollWords<T extends Candidate>(
  said: string,
  find: (name: string) => PersonReading<T>,
): RollReading<T> {
  const text = normalise(said).replace(ticks, '√').replace(crosses, '×').replace(minutes, '$1');
  const why = reason.exec(text);
  const reader = new Reader(find);
  const body = why === null ? text : text.slice(0, why.index);
  const rest = body.replace(everybody, '；');
  for (const part of rest.split(/[；;。\n]+/)) reader.readPart(part);
  return { everybody: rest !== body, reason: why?.[1]?.trim() ?? null, ...reader.found() };
}

class Reader<T extends Candidate> {
  private readonly find: (name: string) => PersonReading<T>;
  private readonly marks = new Map<T, AttendanceState>();
  private readonly twice = new Set<T>();
  private readonly doubts: { said: string; people: readonly T[] }[] = [];
  private readonly unknown: string[] = [];
  private readonly unsaid: T[] = [];
  /** People who wait for the state behind them. */
  private waiting: T[] = [];
  /** The state whose colon stands before. */
  private label: AttendanceState | null = null;
  /** A word that named nobody waits for its state as well. */
  private hasStranger = false;

  constructor(find: (name: string) => PersonReading<T>) {
    this.find = find;
  }

  found() {
    const marks = [...this.marks].map(([person, state]) => ({ person, state }));
    return { marks, doubts: this.doubts, unknown: this.unknown, unsaid: this.unsaid, twice: [...this.twice] };
  }

  /** What stands between full stops and semicolons. */
  readPart(part: string): void {
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
    if (this.marks.has(person) && this.marks.get(person) !== state) this.twice.add(person);
    this.marks.set(person, state);
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
