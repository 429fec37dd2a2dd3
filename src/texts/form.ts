/** What every form says when it cannot be taken and comes back with what was typed. */
export const formTexts = {
  faulty: (what: '提交' | '保存' | '通过'): string => `还没有${what}：请改正标出的几项，其他内容都在。`,
  gap: '请填写这一项。',
  badDay: '没有这一天，请重新选择日期。',
  badValue: '这一项不能这样写，请改短或重新填写。',
} as const;
