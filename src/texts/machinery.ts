/** What a store keeps, by the name of the collection. */
export const collectionNames: Readonly<Record<string, string>> = {
  cadres: '干部',
  accounts: '账号',
  bindings: '绑定申请',
  'binding-tries': '绑定尝试',
  chats: '群',
  'hour-entries': '学时登记',
  'hour-events': '学时流水',
  reflections: '学习体会',
  imports: '导入',
  'roster-changes': '名册改动',
  notices: '提醒',
  hearings: '提醒设置',
  bulletins: '通报',
  'rule-changes': '参数变更',
  'coming-trainings': '培训预告',
  settings: '设置',
  claims: '收件',
  dialogs: '对话',
  outbox: '发件箱',
  'job-slots': '任务时刻',
  'feishu-private-chats': '飞书私聊',
  'simulator-messages': '模拟器消息',
  'simulator-state': '模拟器时间',
};

/** What happens by itself, by the name of the job. */
export const jobNames: Readonly<Record<string, string>> = {
  backup: '每日备份',
  'bulletin-eve': '通报发布前告知',
  digest: '每日提醒',
  'monthly-bulletin': '月度通报',
  'pending-approvals': '待审核检查',
  'quota-pace': '学时进度检查',
  'reflection-deadlines': '学习体会到期检查',
};

/** What the program does besides commands and jobs. */
export const doingNames: Readonly<Record<string, string>> = {
  sample: '载入示例学院',
  tick: '登记定时任务',
  incident: '记录故障',
  send: '发送消息',
  clock: '拨动时间',
  ADMINS: '指定档案管理员',
  'import roster': '导入名册',
  'import ledger': '导入台账',
  'outbox resend': '重新发送',
};
