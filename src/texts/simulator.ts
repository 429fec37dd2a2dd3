/** What the simulator and its page say. */
export const botName = '学时簿';

export const simulatorWords = {
  groupName: '中层干部学习群',
  notStarted: '模拟器还没有启动，请稍后再试。',
  noSuchChat: '没有这个会话，或此人不在其中。',
  noSuchMessage: '这条消息已不在会话中，请刷新页面。',
  moving: '时间正在快进，请等它走完。',
  resetting: '正在重置示例数据，请稍候。',
  pastDay: '只能往后走：请选一个今天以后的日子。',
  farDay: '一次最多走一年，请选近一些的日子。',
} as const;
