/** What is said to whom: each once, so that what is lost or doubled shows. */
export const reminderTo = (openId: string): string => `今日提醒（${openId}）：学习体会 1 篇，请于本周内提交。`;
export const bulletinTo = (chatId: string): string => `10月通报（${chatId}）：全校人均 87 学时。`;
