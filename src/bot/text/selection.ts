import type { Cadre } from '../../domain/cadre.ts';
import { type Choice, everybody, type Group, joinChoices, type Selection } from '../../domain/selection.ts';
import { readGroup } from './groups.ts';
import { normalise } from './normalise.ts';
import { type PersonReading, personFinder } from './people.ts';

type Person = Pick<Cadre, 'staffNo' | 'name' | 'unit' | 'state'>;

/** A name that several people have. */
export interface Doubt {
  readonly said: string;
  readonly staffNos: string[];
  /** Of those who are not meant. */
  readonly except: boolean;
}

export interface SelectionReading {
  readonly selection: Selection;
  readonly doubts: Doubt[];
  /** Words that name nobody, as they were written. */
  readonly unknown: string[];
  /** People who are not in office. */
  readonly inactive: string[];
}

/**
 * Whom a text means: groups (教务处和科研处全体, 外国语学院副职, 所有年轻干部) and people by 工号, whole name or name with unit, with
 * 、 or spaces between or one on a line; behind 除了 or before 除外 who is not meant. Nothing is guessed: what names
 * nobody, and names that several people have, are said.
 */
export function readSelection(text: string, roster: readonly Person[], units: readonly string[]): SelectionReading {
  const reader = new Reader(roster, units);
  const { chosen, except } = splitExceptions(normalise(text), units);
  const selection = { chosen: reader.read(chosen, false), except: reader.read(except, true) };
  return { selection, doubts: reader.doubts, unknown: reader.unknown, inactive: reader.inactive };
}

/** 除王芳外的全体正职; 全体正职，除了王芳; 全体正职（不含王芳）; 全体正职，王芳不参加; 教务处除王芳外全体. 外国语学院 has a 外 of its own. */
function splitExceptions(text: string, units: readonly string[]): { chosen: string; except: string } {
  const [ahead, first = '', rest = ''] = /^除了?(.+?)(?:以外|之外|外)[，,、 ]*的?(.+)$/s.exec(text) ?? [];
  const cutsUnit = units.some((unit) => unit.startsWith('外') && `外${rest}`.startsWith(unit));
  if (ahead !== undefined && !cutsUnit) return { chosen: rest, except: first };
  const [, left = '', without, right = ''] =
    /^([^\n]+?)除了?([^\n]+?)(?:以外|之外|外)的?((?:全体|所有|全部|正职|副职|中层|处级|优秀|年轻)[^\n]*)$/.exec(text) ??
    [];
  if (without !== undefined) return { chosen: left.replace(/[，,、 ]+$/, '') + right, except: without };
  const [, whole, bracketed = ''] = /^(.+?)[（(]([^（）()]+?)(?:除外|不参加)[）)]$/s.exec(text) ?? [];
  if (whole !== undefined) return { chosen: whole, except: bracketed };
  const behind = /(?:除了|除去|除(?!外)|不含|不包[含括]|去掉)[:： ]*(.+?)(?:以外|之外|[）)])?$/s.exec(text);
  if (behind !== null) {
    return { chosen: text.slice(0, behind.index).replace(/[（(]?但?$/, ''), except: behind[1] ?? '' };
  }
  const [, body] = /^(.+?)(?:都|均)?(?:除外|不参加)$/s.exec(text) ?? [];
  if (body === undefined) return { chosen: text, except: '' };
  const cut = body.search(/[，,；;\n][^，,；;\n]*$/);
  const end = cut === -1 ? endOfGroup(body, units) : cut;
  return { chosen: body.slice(0, end), except: body.slice(end).replace(/^[，,；;、\s]+/, '') };
}

/** 全体正职、欧阳明月、李䶮除外: where the last group ends that more names follow; else the last mark. */
function endOfGroup(body: string, units: readonly string[]): number {
  const words = [...body.matchAll(/[^、\s]+/g)].slice(0, -1);
  const group = words.findLast(([one]) => units.includes(one) || readGroup(one, units) !== null);
  return group === undefined ? Math.max(0, body.lastIndexOf('、')) : group.index + group[0].length;
}

/** A unit or a person with a unit has no longer name. */
const longestName = 120;

class Reader {
  readonly doubts: Doubt[] = [];
  readonly unknown: string[] = [];
  readonly inactive: string[] = [];
  private readonly find: (text: string) => PersonReading<Person>;
  private readonly findActive: (text: string) => PersonReading<Person>;

  private readonly units: readonly string[];

  constructor(roster: readonly Person[], units: readonly string[]) {
    this.units = units;
    this.find = personFinder(roster);
    this.findActive = personFinder(roster.filter(({ state }) => state === 'active'));
  }

  read(text: string, except: boolean): Choice {
    const groups: Group[] = [];
    const people: string[] = [];
    /** Units that wait for what is said of them: 教务处和科研处全体. */
    let units: string[] = [];
    const close = (group: Group) => {
      groups.push({ ...group, units: [...units, ...group.units] });
      units = [];
    };
    for (const words of text.split(/[\n、，,；;。]+/).flatMap((part) => this.split(part.trim()))) {
      const group = readGroup(words, this.units);
      const before = groups.at(-1);
      if (this.units.includes(words)) units.push(words);
      else if (group === null) people.push(...this.readPerson(words, except));
      else if (units.length === 0 && before !== undefined && isSecondGrade(words, group, before)) {
        groups[groups.length - 1] = { ...before, grades: [...before.grades, ...group.grades] };
      } else close(group);
    }
    if (units.length > 0) close(everybody);
    return joinChoices({ groups, staffNos: [] }, { groups: [], staffNos: people });
  }

  /** What one stretch between commas names, each by itself: 王芳 教务处 is one, 王芳 李明 two, 教务处和科研处全体 two. */
  private split(part: string): string[] {
    // 1. 王芳, or the 1 of 1、王芳, unless it is somebody's 工号.
    if (/^\d{1,3}$/.test(part)) return this.find(part).ok ? [part] : [];
    const tokens = part.replace(/^[（(]?\d{1,3}[.．)）] ?/, '').split(/[ :：|]+/);
    const found: string[] = [];
    for (let i = 0; i < tokens.length; ) {
      const length = [3, 2].find((count) => i + count <= tokens.length && this.isOne(tokens.slice(i, i + count))) ?? 1;
      const words = tokens.slice(i, i + length).join(' ');
      found.push(...(length === 1 ? this.apart(words) : [words]));
      i += length;
    }
    return found.filter((words) => words !== '');
  }

  /** E0011 王芳 教务处, the name right or wrong; 王芳 教务处. */
  private isOne([first = '', ...others]: readonly string[]): boolean {
    if (!this.isNumber(first)) return others.length === 1 && this.find(`${first}${others[0]}`).ok;
    const last = others.at(-1) ?? '';
    const [name = ''] = others;
    const isName =
      !/^[A-Za-z]{0,3}\d+$/.test(name) && readGroup(name, this.units) === null && !this.units.includes(name);
    return others.length === 1 ? isName : isName && this.units.includes(last);
  }

  private isNumber(words: string): boolean {
    const found = this.find(words);
    return found.ok && found.person.staffNo.toLowerCase() === words.toLowerCase();
  }

  /** Splits at 和 where what stands before it is known and the whole is not: 国际合作和交流处 stays one. */
  private apart(words: string): string[] {
    if (this.isKnown(words)) return [words];
    for (const { 0: and, index } of words.matchAll(/以及|和|与|及/g)) {
      if (index > longestName) break;
      const [left, right] = [words.slice(0, index), words.slice(index + and.length)];
      if (right !== '' && this.isKnown(left)) return [left, ...this.apart(right)];
    }
    return [words];
  }

  private isKnown(words: string): boolean {
    if (words.length > longestName) return false;
    if (this.units.includes(words) || readGroup(words, this.units) !== null) return true;
    const found = this.find(words);
    return found.ok || found.reason === 'several';
  }

  private readPerson(words: string, except: boolean): string[] {
    const [first = '', ...others] = words.split(' ');
    const isNumbered = this.isNumber(first);
    const said = isNumbered ? first : words;
    const found = this.findActive(said);
    if (found.ok) {
      const { staffNo, name, unit } = found.person;
      const fits = !isNumbered || others.every((word) => word === name || word === unit);
      if (fits) return [staffNo];
      this.unknown.push(words);
    } else if (found.reason === 'several') {
      this.doubts.push({ said, staffNos: found.matches.map(({ staffNo }) => staffNo), except });
    } else (this.find(said).ok ? this.inactive : this.unknown).push(words);
    return [];
  }
}

/** 外国语学院正职和副职: the second grade is one of the same unit. */
const isSecondGrade = (words: string, group: Group, before: Group): boolean =>
  group.units.length === 0 && group.grades.length > 0 && before.grades.length > 0 && !/^(?:全|所有)/.test(words);
