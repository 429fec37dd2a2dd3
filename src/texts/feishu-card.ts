/** What stands in a Feishu card and does not come from the bot's answer. */
export const feishuCardTexts = {
  choose: '请选择',
  chooseMany: '请选择，可多选',
  chooseDay: '请选择日期',
  type: '请填写',
  confirmTitle: '请确认',
  /** A card that did not fit into one message goes on in the next. */
  part: (title: string, part: number, of: number): string => `${title}（${part}/${of}）`,
  /** A card that had to stay one card. */
  cut: '内容较多，这张卡片只显示了一部分。请把命令作为文字再发一次，我会分几条发全。',
  cutWithFile: (button: string): string => `内容较多，这张卡片只显示了一部分。点“${button}”可得到全部内容。`,
  longest: (most: number): string => `卡片里最多填 ${most} 字；更长的请直接回复全文，或发送 Word、文本文件。`,
  tooLong: (label: string, most: number): string =>
    `${label}\n飞书卡片的输入框最多容纳 ${most} 字，这里填不下。请直接回复全文，或发送 Word、文本文件。`,
  fewer: (shown: number, all: number): string =>
    `选项较多，这里只列出前 ${shown} 个（共 ${all} 个）。要选其余的，请直接用文字告诉我。`,
  /** Labels of buttons that bring everything as a file. */
  fileLabel: /excel|导出|下载/i,
} as const;
