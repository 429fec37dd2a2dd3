import { roles } from '../../domain/cadre.ts';
import { everybody, type Group } from '../../domain/selection.ts';
import { roleNames } from '../../texts/glossary.ts';

const all = '(?:全体|所有|全部|全校|全院|全员|各(?=单位负责人)|各(?:单位|部门)(?=.))';
const persons = '(?:干部|人员|人|老师|教职工|成员|同志)';
const everyone = new RegExp(`^${all}的?${persons}?$`);
const opening = new RegExp(`^${all}的?`);
const closing = new RegExp(`的?${persons}?$`);

/** What limits a group, longest first; 年轻干部 and 正职 may come together in either order. */
const limits: readonly (readonly [pattern: RegExp, limit: (group: Group) => Group])[] = [
  [/^(?:(?:中层|处级)(?:干部)?的?)?正职/, (group) => ({ ...group, grades: [...group.grades, 'chief'] })],
  [/^(?:(?:中层|处级)(?:干部)?的?)?副职/, (group) => ({ ...group, grades: [...group.grades, 'deputy'] })],
  // The policy's 处级干部 are 中层正职 and 中层副职; who is said to be one of the two stays that.
  [
    /^(?:(?:中层|处级)干部|(?:中层|处级)?正副职)/,
    (group) => (group.grades.length > 0 ? group : { ...group, grades: ['chief', 'deputy'] }),
  ],
  [/^(?:优秀)?年轻(?:干部)?/, (group) => ({ ...group, young: true })],
  [/^负责人/, (group) => ({ ...group, roles: [...group.roles, 'unit-head'] })],
  ...roles.map((role): [RegExp, (group: Group) => Group] => [
    new RegExp(`^${roleNames[role]}`),
    (group) => ({ ...group, roles: [...group.roles, role] }),
  ]),
];

/** A group that is named by exactly these words: 教务处全体, 全体中层干部, 外国语学院副职, 所有年轻干部, 各单位负责人; else null. */
export function readGroup(words: string, units: readonly string[]): Group | null {
  const [unit] = units.filter((one) => words.startsWith(one)).sort((a, b) => b.length - a.length);
  const start = unit === undefined ? everybody : { ...everybody, units: [unit] };
  const left = words.slice(unit?.length ?? 0).replace(/^的/, '');
  if (everyone.test(left)) return start;
  return limit(left.replace(opening, ''), start);
}

function limit(words: string, group: Group): Group | null {
  const [pattern, apply] = limits.find(([one]) => one.test(words)) ?? [];
  if (pattern === undefined || apply === undefined) return null;
  const left = words.replace(pattern, '').replace(/^的/, '');
  return left.replace(closing, '') === '' ? apply(group) : limit(left, apply(group));
}
