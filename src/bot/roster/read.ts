import { z } from 'zod';
import { type CadreState, cadreStates, grades, type Role, roles } from '../../domain/cadre.ts';
import { type Day, makeDay } from '../../domain/day.ts';
import { daySchema, lineSchema, newStaffNoSchema } from '../../domain/schema.ts';
import { text } from '../../messenger/reply.ts';
import { roleNames } from '../../texts/glossary.ts';
import { type RosterField, rosterTexts as texts } from '../../texts/roster.ts';
import { misunderstood, type Reading, understood } from '../command.ts';
import type { Dialog } from '../dialogs.ts';
import { readDays } from '../text/days.ts';
import { readGrade } from '../text/vocabulary.ts';

/** Changes of one person as text or form bring them. */
export const changesSchema = z.object({
  unit: lineSchema(60).optional(),
  /** Empty for none. */
  position: z
    .string()
    .trim()
    .pipe(z.union([z.literal(''), lineSchema(60)]))
    .optional(),
  grade: z.enum(grades).optional(),
  /** Empty in a form that leaves it open. */
  appointedOn: z.union([daySchema, z.literal('')]).optional(),
  state: z.enum(cadreStates).optional(),
  youngTalent: z.enum(['yes', 'no']).optional(),
  addRole: z.enum(roles).optional(),
  dropRole: z.enum(roles).optional(),
  /** The roles that a form had, and those that it has now: only what differs is a change. */
  had: z.array(z.enum(roles)).max(roles.length).optional(),
  roles: z.array(z.enum(roles)).max(roles.length).optional(),
});
export type Changes = z.output<typeof changesSchema>;

const keywords: Readonly<Record<string, RosterField>> = {
  单位: 'unit',
  部门: 'unit',
  职务: 'position',
  职级: 'grade',
  任现职: 'appointedOn',
  任现职时间: 'appointedOn',
  任职时间: 'appointedOn',
  状态: 'state',
  角色: 'role',
  年轻干部: 'youngTalent',
  优秀年轻干部: 'youngTalent',
};
const keywordOf = (token: string): RosterField | undefined =>
  Object.hasOwn(keywords, token) ? keywords[token] : undefined;

const stateWords: Readonly<Record<string, CadreState>> = {
  在职: 'active',
  退休: 'retired',
  离任: 'left',
  离职: 'left',
  调离: 'left',
};
const stateOf = (word: string): CadreState | undefined =>
  Object.hasOwn(stateWords, word) ? stateWords[word] : undefined;

/** Said behind a person: what they have learnt. */
const recordWords = /^(?:学时)?记录$/;

/**
 * `E0012`, `王芳 教务处`, `E0012 退休`, `E0012 记录`, `E0012 单位 教务处 职务 处长`, `新增 E0200 张三 教务处 中层副职`; with
 * a `dialog` the answer to its question.
 */
export function readRosterWords(said: string, today: Day, dialog: Dialog | null): Reading {
  if (dialog !== null) return readAppointment(said, today, dialog);
  const tokens = said.split(/[\s:：，,]+/).filter((token) => token !== '');
  const first = tokens.findIndex((token) => keywordOf(token) !== undefined);
  const head = first === -1 ? tokens : tokens.slice(0, first);
  const changes: Record<string, string> = {};
  for (const [field, value] of pairs(tokens.slice(head.length))) {
    if (field === 'role' && value === '') {
      changes['form'] = 'roles';
      continue;
    }
    const read = readValue(field, value, today);
    if (read === null) return misunderstood(text(texts.badValue(field, value)));
    Object.assign(changes, read);
  }
  if (tokens.length === 1 && head[0] === '新增') return understood({ form: 'add' });
  if (tokens.length === 1 && head[0] === '查人') return understood({ form: 'find' });
  const [only] = tokens.length === 1 ? head : [];
  if (only !== undefined && /^(?:未绑定|没绑定|没有账号)$/.test(only)) return understood({ list: 'unbound' });
  if (only !== undefined && /^(?:通讯录)?变动$/.test(only)) return understood({ list: 'proposals' });
  if (head[0] === '新增') return readNewcomer(head.slice(1), changes);
  const last = head.length > 1 ? (head.at(-1) ?? '') : '';
  const state = stateOf(last);
  const records = recordWords.test(last);
  const who = (state !== undefined || records ? head.slice(0, -1) : head).join(' ');
  if (who.length > 60 || (who === '' && tokens.length > 0)) {
    return misunderstood(text(texts.notUnderstood(said)));
  }
  return understood(who === '' ? {} : { who, records, ...(state === undefined ? {} : { state }), ...changes });
}

function readAppointment(said: string, today: Day, { args }: Dialog): Reading {
  const day = readValue('appointedOn', said, today);
  return day === null ? misunderstood(text(texts.badValue('appointedOn', said))) : understood({ ...args, ...day });
}

/** Each keyword with the words up to the next one. */
function pairs(tokens: readonly string[]): [RosterField, string][] {
  const found: [RosterField, string][] = [];
  for (const token of tokens) {
    const field = keywordOf(token);
    const last = found.at(-1);
    if (field !== undefined) found.push([field, '']);
    else if (last !== undefined) last[1] = `${last[1]} ${token}`.trim();
  }
  return found;
}

function readValue(field: RosterField, spaced: string, today: Day): Readonly<Record<string, string>> | null {
  const said = spaced.replaceAll(' ', '');
  switch (field) {
    case 'position':
      if (/^[无空]$/.test(said)) return { position: '' };
      return lineSchema(60).safeParse(said).success ? { position: said } : null;
    case 'unit':
      return lineSchema(60).safeParse(said).success ? { unit: said } : null;
    case 'grade': {
      const grade = readGrade(said);
      return grade === null ? null : { grade };
    }
    case 'appointedOn': {
      const day = readAppointedOn(said, today);
      return day === null ? null : { appointedOn: day };
    }
    case 'state': {
      const state = stateOf(said);
      return state === undefined ? null : { state };
    }
    case 'role':
      return readRole(said);
    case 'youngTalent':
      return /^[是否]$/.test(said) ? { youngTalent: said === '是' ? 'yes' : 'no' } : null;
  }
}

/** A day, or a month for its first day: appointments are often known to the month. */
function readAppointedOn(said: string, today: Day): Day | null {
  const month = /^((?:19|20)\d\d)[-年./](\d{1,2})月?$/.exec(said);
  if (month !== null) return makeDay(Number(month[1]), Number(month[2]), 1);
  const days = readDays(said, today);
  return days.ok && days.from === days.to ? days.from : null;
}

function readRole(said: string): Readonly<Record<string, string>> | null {
  const [, verb, name] = /^(加|增加|加上|去|去掉|减)(\S+)$/.exec(said) ?? [];
  const role: Role | undefined = roles.find((one) => roleNames[one] === name);
  if (role === undefined || verb === undefined) return null;
  return verb.includes('加') ? { addRole: role } : { dropRole: role };
}

function readNewcomer(words: readonly string[], changes: Readonly<Record<string, string>>): Reading {
  const [staffNo, name, unit, said, ...rest] = words;
  if (staffNo === undefined || name === undefined || unit === undefined || said === undefined || rest.length > 0) {
    return misunderstood(text(texts.addExample));
  }
  if (!newStaffNoSchema.safeParse(staffNo).success) return misunderstood(text(texts.badStaffNo(staffNo)));
  const grade = readGrade(said);
  if (grade === null) return misunderstood(text(texts.badValue('grade', said)));
  if (!lineSchema(40).safeParse(name).success) return misunderstood(text(texts.badLine(name)));
  if (!lineSchema(60).safeParse(unit).success) return misunderstood(text(texts.badLine(unit)));
  return understood({ ...changes, adding: true, who: staffNo, name, unit, grade });
}
