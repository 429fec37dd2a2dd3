/** Words inside a drawn chart, and beside one. */
export const chartWords = {
  empty: '暂无数据',
  cut: (shown: number, all: number): string => `图中按名册顺序只画 ${shown} 个单位，全部 ${all} 个单位见表。`,
} as const;
