/** Words of the walk that shows a newcomer what the bot does. `cadre` and `clerk` are people's names. */
export const tourWords = {
  title: '带我看看',
  offer: '第一次来？一起走一遍：登记、审核、逾期、通报、幕后，约五分钟。',
  begin: '开始',
  decline: '不用了',
  step: (at: number, of: number): string => `第 ${at} 步，共 ${of} 步`,
  /** What the walk says for the people in it. */
  says: {
    log: '昨天下午在报告厅听了《专题党课》，半天，党性教育',
    review: '审核',
    overdue: '逾期',
    bulletin: '通报',
  },
  steps: {
    log: (cadre: string, said: string): string => `${cadre}用自己的话登记：“${said}”。`,
    confirm: (cadre: string): string => `学时簿把听懂的列成草稿；${cadre}核对后，按卡片上的按钮提交。`,
    review: (clerk: string, said: string): string => `换到经办${clerk}，发“${said}”，看刚提交的登记。`,
    approve: (cadre: string): string => `经办按“通过”，学时就记入${cadre}的档案；也可以退回，请本人补充。`,
    overdue: (cadre: string, said: string): string => `审核结果已送到${cadre}的窗口。经办再发“${said}”，看谁有事没办。`,
    bulletin: (said: string): string => `有人逾期，就从名单上催办、下载 Excel。经办再发“${said}”，看本月情况。`,
    backstage: '通报的每个数字都有依据。打开“幕后”，看刚才每一步留下的记录。',
  },
  doings: { says: '替我说', presses: '替我按', opens: '替我打开' },
  skip: '跳过这段',
  leave: '收起引导',
  otherwise: '学时簿另有答复，请看窗口里的说明；改好就会继续，也可以跳过这段。',
  cardGone: '要按的卡片不在了，请从这一步再来。',
  done: '走完了。再按“快进”让日子过去，看提醒和通报怎样到来。',
  again: '再走一遍',
  close: '收起',
} as const;
