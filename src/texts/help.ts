/** 帮助: generated from the commands' declarations. */
export const helpTexts = {
  title: '学时簿能做什么',
  summary: (name: string): string => `${name}，您好。我是学时簿，替您记学时、交体会、看进度。`,
  line: (name: string, summary: string): string => `**${name}**　${summary}`,
  tutor: '**您是班主任，对本班还可以**',
  desk: '**您的角色还可以**',
  hint: '发送“帮助 登记”可看某项功能的说法。',
  oneTitle: (name: string): string => `怎样使用“${name}”`,
  examples: '可以这样说：',
  aliases: (names: string): string => `也可以说：${names}`,
  who: (names: string): string => `使用范围：${names}`,
  group: '在群里我只介绍用法；问登记、进度等个人的事，我会私聊回复，不在群里显示。',
  unknown: (word: string): string => `没有“${word}”这项功能。发送“帮助”看全部功能。`,
} as const;
