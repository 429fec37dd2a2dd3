/** Words inside a drawn chart. */
export const chartWords = { empty: '暂无数据' } as const;
