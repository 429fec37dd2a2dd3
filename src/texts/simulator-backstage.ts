import { collectionNames, doingNames, jobNames } from './machinery.ts';

/** Words of the panel that shows what goes on behind the chats. */
export const backstageWords = {
  title: '幕后',
  hint: '每件事都在这里留痕，随事情发生而更新。',
  close: '收起幕后',
  reading: '正在读取，请稍候。',
  audit: '台账记录',
  outbox: '发件箱',
  jobs: '定时任务',
  empty: '还没有记录。',
  earlier: '更早的记录',
  emptyOutbox: '还没有要发的消息。',
  someone: (id: string, name: string | null): string => name ?? (id === 'system' ? '系统' : id),
  doing: (via: string, what: string): string =>
    via === 'job' && jobNames[what] !== undefined
      ? `任务“${jobNames[what]}”`
      : (doingNames[what] ?? (what === '' ? '收到消息' : `“${what}”`)),
  job: (name: string): string => jobNames[name] ?? name,
  collection: (name: string): string => collectionNames[name] ?? name,
  changes: (changes: readonly { readonly collection: string }[]): string => {
    const counts = new Map<string, number>();
    for (const { collection } of changes) counts.set(collection, (counts.get(collection) ?? 0) + 1);
    const parts = [...counts].map(([name, count]) => `${collectionNames[name] ?? name} ${count} 行`);
    return parts.length === 0 ? '没有改动数据' : parts.join('、');
  },
  removed: '删除',
  written: '写入',
  more: (count: number): string => `还有 ${count} 行`,
  chain: (n: number, hash: string): string => `第 ${n} 条 · 链 ${hash}`,
  states: {
    queued: '待发',
    leased: '发送中',
    sent: '已发',
    failed: '失败',
    unknown: '结果不明',
    expired: '已过时',
  },
  /** What stayed unknown is not sent again by itself. */
  unknownHint: '可能已经送到，不会自动重发，请先问一下收件人。',
  purposes: { answer: '回复', decision: '审核结果', chase: '提醒', bulletin: '通报', notice: '通知' },
  notBefore: (moment: string): string => `${moment} 起发送`,
  last: '上次',
  next: '下次',
  never: '尚未执行',
  running: '执行中',
  failed: '没有办成',
  noNext: '没有下一次',
} as const;
