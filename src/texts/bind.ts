import type { Cadre } from '../domain/cadre.ts';
import { messengerNames, showDay } from './glossary.ts';

type Person = Pick<Cadre, 'staffNo' | 'name' | 'unit'>;

/** 绑定: who belongs to an account. */
export const bindTexts = {
  title: '绑定账号',
  whoYouAre: ({ name, staffNo, unit }: Person): string =>
    `您是${name}（${staffNo}，${unit}），已经绑定，可以直接使用。`,
  usage: '请发送“绑定 工号 姓名”，例如：绑定 E0999 张三。',
  mismatch: '工号和姓名与名册不一致，没有提交。请核对后重发，例如：绑定 E0999 张三。仍有疑问请联系组织部。',
  asked: ({ name, staffNo }: Person): string =>
    `已请档案管理员核实“${name}（${staffNo}）”，同意后会在这里通知您，不用重复发送。`,
  tooManyTries: '今天尝试次数过多，请明天再试或联系组织部。',
  open: (count: number): string => (count === 0 ? '没有等待同意的绑定申请。' : `有 ${count} 个账号等待绑定。`),
  request: ({ name, staffNo, unit }: Person, messenger: string, askedOn: string, today: string): string =>
    `有人自称**${name}**（${staffNo}，${unit}），${showDay(askedOn, today)}通过${messengerNames[messenger] ?? messenger}申请绑定。`,
  replaces: '**请注意：此人已绑定另一个账号**；同意后旧账号不再有效。',
  besides: '**请注意：此工号已有账号在使用**，同意后两个账号都能使用。',
  hint: '请先与本人核实，再点“同意”。',
  accept: '同意',
  refuse: '拒绝',
  gone: '这项绑定申请已经处理或已失效，没有重复操作。',
  notOnRoster: ({ name, staffNo }: Pick<Person, 'name' | 'staffNo'>): string =>
    `${name}（${staffNo}）已不在名册的在职人员中，没有绑定。`,
  archivistOnly: '绑定申请由档案管理员处理。',
  accepted: ({ name, staffNo }: Person): string => `已同意：${name}（${staffNo}）可以使用了。`,
  refused: ({ name, staffNo }: Pick<Person, 'name' | 'staffNo'>): string => `已拒绝“${name}（${staffNo}）”的绑定申请。`,
  welcome: ({ name }: Person): string => `${name}，您好，绑定成功。发送“进度”看学时，发送“帮助”看全部功能。`,
  sorry: '绑定申请没有通过。请与组织部核实后重新发送“绑定 工号 姓名”。',
} as const;
