import { cited } from './cited.ts';

/** What the bot says about itself: greetings, misunderstandings, rights. */
export const botTexts = {
  stranger:
    '您好，我是学时簿。名册里还没有与这个账号对应的干部。请发送“绑定 工号 姓名”，例如：绑定 E0999 张三。档案管理员同意后即可使用。',
  strangerInGroup: '您好，我是学时簿。请点我的头像，在私聊中发送“绑定 工号 姓名”，绑定后即可使用。',
  /** Somebody on the roster who is no longer active. */
  inactive: (state: string): string => `您在名册中的状态是${state}，已停止使用；如有误请联系档案管理员。`,
  unknown: (said: string): string =>
    `没有听懂${cited(said)}。登记学时请这样说：登记 3学时 党性教育 昨天 《专题党课》；查学时发送“进度”，其他请发送“帮助”。`,
  unknownNear: (said: string, near: string, example: string): string =>
    `没有听懂${cited(said)}。您是想说“${near}”吗？例如：${example}`,
  empty: '请直接发文字给我，例如：进度。发送“帮助”看全部功能。',
  fileAlone: (name: string): string =>
    `收到文件“${name}”，但不知道要做什么。交学习体会请先发送“体会”，再发 Word 或文本文件；导入台账或名册请发送 .xlsx 文件。`,
  fileInGroup: '群里不接收文件，请在与学时簿的私聊中发送。',
  fileGone: (name: string): string => `文件“${name}”没有收全，请重新发送。`,
  forbidden: (command: string, who: string): string =>
    `“${command}”由${who}使用，您的角色没有这项权限。如需开通，请联系档案管理员。`,
  answeredInPrivate: '已私聊回复，请点我的头像查看。',
  ownOnly: (command: string): string => `${command}只看本人。`,
  othersToo: (command: string, who: string): string => `${command}只看本人。看他人请发送：干部 ${who}`,
  unfit: (command: string, example: string): string =>
    `“${command}”里有一项太长，或不在允许的范围内，没有处理。例如：${example}`,
  oldCard: '这张卡片已经过期，请重新发送命令。',
  cardGone: '这张卡片已失效，没有重复操作，也没有作任何改动。',
  failed: (incident: number): string =>
    `抱歉，这一步没有办成，什么都没有改动。请稍后再试；如仍不行，请把编号 ${incident} 告诉运维人员。`,
  tooLong: (limit: number): string => `这条消息太长（超过 ${limit} 字），没有处理。请分开发送，或改为发送文件。`,
  sentBelow: '已在下方回复。',
  who: { everyone: '所有人', cadre: '名册内干部' },
  tutor: '本班班主任',
  and: '、',
} as const;
