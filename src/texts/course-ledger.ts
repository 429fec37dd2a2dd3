/** What the ledger itself says of a class: 凭证, 更正理由. */
export const courseLedgerTexts = {
  proof: (id: number): string => `培训班 ${id} 考勤`,
  sessionTitle: (course: string, topic: string): string => `${course}：${topic}`.slice(0, 200),
  /** Why hours change, as it is kept with the correction. */
  why: {
    settled: (id: number, no: number): string => `培训班 ${id} 第 ${no} 课次考勤确认`,
    corrected: (id: number, no: number): string => `培训班 ${id} 第 ${no} 课次考勤更正`,
    onLeave: (id: number, no: number): string => `培训班 ${id} 第 ${no} 课次准假`,
    madeUp: (id: number, no: number): string => `培训班 ${id} 第 ${no} 课次已补训`,
    changed: (id: number): string => `培训班 ${id} 课程表变更`,
    cancelled: (id: number): string => `培训班 ${id} 已取消`,
    closed: (id: number): string => `培训班 ${id} 结班`,
    scored: (id: number): string => `培训班 ${id} 成绩更正`,
    left: (id: number): string => `培训班 ${id} 参训人员变更`,
  },
} as const;
