import type { Cadre, Role } from '../domain/cadre.ts';
import { cited } from './cited.ts';
import { cadreStateNames, gradeNames, roleNames, showDay, showHours } from './glossary.ts';

type Person = Pick<Cadre, 'staffNo' | 'name' | 'unit'>;

/** The fields of a person that the archivist changes in chat, by the words for them. */
const fieldNames = {
  unit: '单位',
  position: '职务',
  grade: '职级',
  appointedOn: '任现职',
  state: '状态',
  role: '角色',
  youngTalent: '年轻干部',
} as const;
export type RosterField = keyof typeof fieldNames;

const who = ({ name, staffNo, unit }: Person): string => `${name}（${staffNo}，${unit}）`;

const duties: Record<Role, string> = {
  'unit-head': '可以查看本单位的情况，会收到本单位逾期的提醒',
  clerk: '可以审核登记、代登学时、催办逾期、发布通报、提出参数变更',
  'department-head': '可以审核登记、催办逾期、发布通报、决定参数变更、确认通报更正',
  archivist: '可以修改名册和角色、同意账号绑定、作废已认定的登记',
  operator: '负责系统运行',
};

/** 干部: the roster at the department's desk. */
export const rosterTexts = {
  title: '干部名册',
  summary: (active: number, retired: number, left: number): string =>
    `名册共 ${active + retired + left} 人：在职 ${active}，退休 ${retired}，离任 ${left}。`,
  empty: '名册还是空的。请导入名册，或发送：干部 新增 E0200 张三 教务处 中层副职。',
  countColumns: ['单位', ...Object.values(gradeNames), '合计'],
  hint: '看某人请发送“干部 姓名”（只记得姓也可以）或“干部 工号”，看单位请发送“干部 教务处”。',
  archivistHint: (staffNo: string): string =>
    `修改请点“修改”，或发送：干部 ${staffNo} 单位 教务处；职务、职级、任现职、状态、年轻干部也这样改。角色请发送：干部 ${staffNo} 角色 加 经办。`,
  unitSummary: (unit: string, count: number): string => `${unit}在职 ${count} 人。`,
  peopleColumns: ['工号', '姓名', '职务', '职级'],
  several: (said: string, count: number): string => `“${said}”有 ${count} 人，请选择，或改用工号。`,
  person: (name: string, unit: string): string => `${name}（${unit}）`.slice(0, 20),
  severalColumns: ['工号', '姓名', '单位', '职务'],
  /** `example`: a 工号 that is there. */
  notFound: (said: string, example: string): string =>
    `名册中没有“${said}”。请写姓名（或姓）、工号或单位名称，例如：干部 ${example}。`,
  personTitle: (person: Person): string => `${person.name}（${person.staffNo}）`.slice(0, 60),
  personSummary: ({ name, unit, position, state }: Cadre): string =>
    `${name}：${unit}${position}，${cadreStateNames[state]}。`,
  fieldNames,
  rows: (cadre: Cadre): readonly (readonly [string, string])[] => [
    ['姓名', cadre.name],
    ['工号', cadre.staffNo],
    ['单位', cadre.unit],
    ['职务', cadre.position === '' ? '未填' : cadre.position],
    ['职级', gradeNames[cadre.grade]],
    ['任现职时间', cadre.appointedOn === null ? '未填' : showDay(cadre.appointedOn)],
    ['状态', cadreStateNames[cadre.state]],
    ['角色', cadre.roles.length === 0 ? '干部' : cadre.roles.map((role) => roleNames[role]).join('、')],
    ['优秀年轻干部', cadre.youngTalent ? '是' : '否'],
  ],
  standing: (earned: number, quota: number, pending: number): readonly [string, string] => [
    '五年学时',
    `${showHours(earned)} / ${showHours(quota)} 学时，待审核 ${showHours(pending)} 学时`,
  ],
  records: '学时记录',
  recordsSummary: (person: Person, count: number): string =>
    count === 0 ? `${who(person)}还没有学时记录。` : `${who(person)}共 ${count} 条学时记录。`,
  recordColumns: ['登记号', '日期', '培训名称', '学时', '状态'],
  recordHint: (page: number, pages: number): string =>
    `第 ${page} 页，共 ${pages} 页。看某条的经过请发送“审核 登记号”。`,
  earlier: '上一页',
  later: '下一页',
  back: '返回',
  edit: '修改',
  editTitle: (person: Person): string => `修改 ${person.name}（${person.staffNo}）`.slice(0, 60),
  editSummary: '请修改后核对，确认前不会保存。',
  editSubmit: '核对',
  yes: '是',
  no: '否',
  forms: {
    find: '查人',
    findTitle: '查找干部',
    findSummary: '请填写姓名、工号或单位。',
    who: '姓名、工号或单位',
    whoHint: '例如：王芳、E0011、教务处',
    findSubmit: '查看',
    add: '新增',
    addTitle: '新增干部',
    addSummary: '请填写后核对，确认前不会保存。',
    batch: '批量修改',
    staffNo: '工号',
    name: '姓名',
    newUnit: '新单位（上面没有时填写）',
    appointedOn: '任现职（中层正职、副职必填）',
    roles: '角色',
    rolesTitle: (person: Person): string => `角色 ${person.name}（${person.staffNo}）`.slice(0, 60),
    rolesSummary: '请勾选这位干部的全部角色，不勾选的将去掉，确认前不会保存。',
    retire: '退休',
    leave: '离任',
    back: '恢复在职',
    badStaffNo: '请填写工号：字母、数字、短横线和下划线，最长 32 位，不能用 system，例如 E0201。',
  },
  duty: (role: Role): string => `· ${roleNames[role]}：${duties[role]}`,
  archivistOnly: '名册和角色由档案管理员修改。您可以查看，例如：干部 E0011。',
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said, 40)}。可以这样说：干部 E0011 单位 教务处，干部 E0011 状态 退休，干部 E0011 角色 加 经办，干部 新增 E0200 张三 教务处 中层副职。`,
  badValue: (field: RosterField, said: string): string => {
    const examples: Record<RosterField, string> = {
      unit: '教务处',
      position: '副处长',
      grade: '中层正职、中层副职、其他',
      appointedOn: '2026-09-01、2026年9月',
      state: '在职、退休、离任',
      role: '加 经办、去 经办（角色有：单位负责人、经办、部长、档案管理员、运维）',
      youngTalent: '是、否',
    };
    return `${fieldNames[field]}${said === '' ? '没有写' : `${cited(said, 40)}没有看懂`}。可以写：${examples[field]}。`;
  },
  badStaffNo: (said: string): string =>
    `工号${cited(said, 40)}不对，只能用字母、数字、短横线和下划线，最长 32 位，也不能用 system。`,
  badLine: (said: string): string =>
    `${cited(said, 40)}不能用作姓名或单位，请用文字填写，姓名不超过 40 字，单位不超过 60 字。`,
  addExample: '新增请写全：干部 新增 工号 姓名 单位 职级，例如：干部 新增 E0200 张三 教务处 中层副职。',
  askTitle: '还差任现职时间',
  askAppointment: (person: Person): string =>
    `${who(person)}的任现职时间是哪天？五年学时要求由此折算。请直接回复，例如：2026-09-01 或 2026年9月。`,
  appointedToday: '今天任职',
  exists: (person: Person): string => `工号 ${person.staffNo} 已有人使用：${who(person)}。`,
  noChange: (person: Person): string => `${who(person)}现在就是这样，没有改动。`,
  lastArchivist: '这是最后一位档案管理员，不能去掉。请先给另一位加上档案管理员角色。',
  previewTitle: '核对名册修改',
  previewSummary: (person: Person, changes: readonly string[]): string =>
    `${who(person)}：${changes.join('；')}。确认前不会保存。`,
  addSummary: (person: Person, grade: Cadre['grade']): string =>
    `新增${who(person)}，${gradeNames[grade]}。确认前不会保存。`,
  change: (label: string, before: string, after: string): string => `${label}由“${before}”改为“${after}”`,
  consequencesTitle: '**保存后：**',
  confirm: '确认',
  cancel: '取消',
  saved: (person: Person): string => `已保存：${who(person)}。`,
  /** What the person hears of a role given or taken. */
  rolesTold: (by: string, gained: readonly Role[], lost: readonly Role[]): string =>
    [
      `档案管理员${by}调整了您的角色：`,
      [
        ...gained.map((role) => `您现在是${roleNames[role]}，${duties[role]}`),
        ...lost.map((role) => `您不再是${roleNames[role]}`),
      ].join('；'),
      '。发送“帮助”查看可用的功能；如有疑问请联系组织部。',
    ].join(''),
  effects: {
    left: '不再计入应训人数和各项比例，不再收到提醒，也不能再使用学时簿；记录全部保留。',
    back: '重新计入应训人数，恢复提醒和使用。',
    waiting: (count: number): string => `有 ${count} 条登记待审核，仍可照常审核。`,
    reflections: (count: number): string => `有 ${count} 篇学习体会未交，不再催交。`,
    rolesEnd: (roles: readonly Role[]): string =>
      `现有角色（${roles.map((role) => roleNames[role]).join('、')}）随之停用。`,
    noDesk: '请注意：之后没有经办或部长可以审核登记。',
    quota: (before: number, after: number, proRata: boolean): string =>
      `五年学时要求由 ${showHours(before)} 变为 ${showHours(after)} 学时${proRata ? '（按任现职时间折算）' : ''}。`,
    counted: (quota: number, proRata: boolean): string =>
      `适用五年学时要求 ${showHours(quota)} 学时${proRata ? '（按任现职时间折算）' : ''}。`,
    notCounted: '不适用五年学时要求，按年度学时统计。',
    unit: (unit: string): string => `统计计入${unit}，以往的学时随本人转入。`,
    newUnit: (unit: string, near: string | null): string =>
      `请注意：名册中还没有“${unit}”这个单位${near === null ? '' : `，是不是“${near}”`}。确认后即成为新单位。`,
    stillHead: (unit: string): string => `仍是单位负责人，将看到${unit}的情况。`,
    gains: (role: Role): string => `${duties[role]}。`,
    loses: (role: Role): string => `不再有${roleNames[role]}的权限。`,
    young: (on: boolean): string => (on ? '列入优秀年轻干部。' : '不再列入优秀年轻干部。'),
    namesake: (person: Person): string => `请注意：名册中已有同名的${who(person)}。`,
  },
} as const;
