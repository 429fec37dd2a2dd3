import { fill, type Script, tap } from '../gallery.ts';

const newcomer = { who: 'E0200', name: '张三', unit: '教务处', grade: 'deputy', appointedOn: '2026-09-01' };

/** The archivist’s work on the roster: one person, many at once, roles. */
export const rosterScripts: readonly Script[] = [
  {
    title: '干部',
    lines: [
      [
        'archivist',
        '干部',
        tap('查人'),
        fill({ who: '王' }),
        '干部 王芳',
        tap('王芳（财务处）'),
        '干部 教务处',
        '干部 E0034',
        tap('修改'),
        fill({ unit: '科研处', position: '副处长', grade: 'deputy', state: 'active' }),
        tap('确认'),
        tap('角色'),
        fill({ roles: ['unit-head'] }),
        tap('确认'),
        '干部 新增',
        fill({ ...newcomer, who: '', position: '' }),
        fill({ ...newcomer, position: '副处长', youngTalent: 'yes' }),
        tap('确认'),
        '干部 E0035 状态 退休',
        '干部 E0035 单位',
        '干部 天文系',
      ],
      ['clerk', '干部', '干部 E0034', '干部 E0012 单位 教务处'],
      ['department-head', '干部 E0034'],
    ],
  },
  {
    title: '批量',
    lines: [
      [
        'archivist',
        '批量',
        fill({ task: 'move', units: ['团委'] }),
        fill({ task: 'move', to: '工会', units: ['团委'] }),
        tap('全部名单'),
        '确认',
        tap('撤销'),
        '批量 列入年轻干部 中文学院全体',
        '取消',
        '批量 退休 教务处',
        '批量 退休 天文系',
      ],
      ['clerk', '批量 退休 E0034'],
    ],
  },
  {
    title: '导入与导出',
    lines: [
      ['archivist', '导入', '撤销导入 1001 文件用错了', '导出', '导出 名册', '导出 台账 本周期 教务处', '导出 逾期'],
      ['clerk', '导入', '导入 9999', '撤销导入 9999 文件用错了', '导出', '导出 台账 2026', '导出 逾期'],
    ],
  },
];
