import { cited } from './cited.ts';

/** What is said to sentences in people's own words. */
export const speechTexts = {
  thanks: '不客气。需要时随时发消息给我。',
  greeting: '您好，我是学时簿，替您记学时、交体会、看进度。例如：昨天下午听了《专题党课》，半天，党性教育',
  calm: '抱歉没有帮上忙。请告诉我要办什么，例如：进度；或发送“帮助”看全部功能。',
  ownOnly: '学时和体会只能看本人的。看自己的请发送“进度”或“体会”。',
  reflectionRules: (minimum: number, days: number): string =>
    `学习体会不少于 ${minimum} 字，培训结束后 ${days} 天内提交。发送“体会”查看待交的和截止日期。`,
  hint: (known: readonly string[]): string =>
    `听到了${known.map((words) => `“${words}”`).join('、')}，但不知道要办什么。登记学时请这样说：昨天下午听了《专题党课》，半天，党性教育；查学时请发送“进度”。`,
} as const;

/** 选择: which of several is meant. */
export const chooseTexts = {
  title: '请选择',
  which: (name: string, count: number): string => `有 ${count} 位${name}，您要看哪一位？请点选，或回复单位、工号。`,
  person: (name: string, unit: string): string => `${name}（${unit}）`,
  cancel: '取消',
  again: (said: string): string => `没看懂${cited(said)}。请点选，或回复单位、工号；放弃请回复“取消”。`,
} as const;

/** 理解: how a draft was read. */
export const graspTexts = {
  title: '我是这样理解的',
  from: (value: string, said: string): string => `${value}（原话“${said}”）`,
  chosen: (value: string): string => `${value}（点选或填写）`,
  halfDays: (count: number, worth: string): string => `${count / 2} 天，按制度记 ${worth} 学时`,
  unused: (said: string): string => `没有用上：“${said}”。`,
  missing: '还没有说',
  summary: (known: string): string => `我理解的是：${known === '' ? '还没有内容' : known}。`,
  hint: '不对请直接说，例如：学时改成6，日期改成昨天，内容改为党性教育；或点“修改”。',
  over: '这份草稿已经提交、取消或过期。已提交的发送“记录”查看，写错了可说“刚才那条弄错了，撤回”。',
  revise: '修改',
  cancel: '取消',
  hours: (hours: string): string => `${hours} 学时`,
  labels: {
    title: '培训名称',
    content: '内容',
    hours: '学时',
    days: '日期',
    kind: '类别',
    form: '方式',
    organiser: '主办',
    place: '地点',
  },
  nothing: (halfDay: string, day: string): string =>
    `现在没有草稿可以解释。半天记 ${halfDay} 学时，一天记 ${day} 学时，写明学时的按所写。登记请这样说：昨天下午听了《专题党课》，半天，党性教育`,
} as const;
