import { timetableTemplate } from '../../../src/documents/timetable-workbook.ts';
import { writeWorkbook } from '../../../src/documents/write-workbook.ts';
import { fill, type Script, send, tap } from '../gallery.ts';

const at = '2026-11-20T01:00:00.000Z';
const columns = ['课次', '日期', '起止', '内容', '专题', '主讲', '地点', '学时'].map((name) => ({ name, width: 12 }));
const timetable = (...rows: (string | number | null)[][]) =>
  writeWorkbook([{ name: '课程表', title: '课程表', columns, rows }], at);
const first = [1, '2026-12-01', '9:00-11:30', '党性教育', '党性修养专题', '张教授', '报告厅', 3];

/** Classes: opening and changing them, who is in them, and what those see who are. */
export const courseScripts: readonly Script[] = [
  {
    title: '建班：一句话与表单',
    lines: [
      [
        'clerk',
        '建班 什么',
        '建班 《党性教育专题班》 12月1日 9:00-11:30 教务处全体',
        '建班',
        fill({ title: '', timetable: '12-1 上午', people: '教务处全体', exam: '很多' }),
        '建班 《党性教育专题班》 12月1日 9:00-11:30 党性教育 3学时 地点：报告厅 考试60分 教务处全体、陈立恒',
        '加上 科研处全体',
        tap('全部名单'),
        tap('修改'),
        '取消',
        '建班 《党性教育专题班》 每次记学时 教务处全体、E0001\n12-1 9:00-11:30 党性教育 3学时 党性修养专题 张教授 报告厅\n12-2 14:00-16:30 理论教育 3学时 《理论前沿》\n12-5 9:00-11:30 理论教育 2学时',
        '确认',
        '建班 《另一个班》 12月1日 10:00-12:00 党性教育 2学时 教务处全体',
        '取消',
        '下一期 1001 教务处全体',
        '下一期 1001 12月15日 教务处全体',
        '取消',
      ],
    ],
  },
  {
    title: '建班：Excel 课程表',
    lines: [
      [
        'clerk',
        '建班 模板',
        '建班 《理论学习班》 12月8日 9:00-11:30 理论教育 3学时 财务处全体',
        send('课程表模板.xlsx', () => timetableTemplate(at)),
        send('课程表.xlsx', () => timetable(first, [2, '九月', '九点', '党建', null, null, null, '两天'])),
        send('课程表.xlsx', () => timetable(first, [2, '12月2日', '下午', '理论教育：理论前沿', null, null, null, 3])),
        tap('取消'),
      ],
    ],
  },
  {
    title: '建班：低于规定比例',
    lines: [
      ['clerk', '建班 《管理能力班》 12月9日 9:00-11:30 专业化能力 3学时 财务处全体', '确认', '培训 1002'],
      [
        'department-head',
        '培训',
        fill({ verdict: 'approve', words: '' }),
        fill({ verdict: 'approve', words: '年度任务急需' }),
      ],
      [
        'department-head',
        '建班 《公文写作班》 12月10日 9:00-11:30 专业化能力 3学时 财务处全体',
        '确认',
        '理由 上级部署',
        '取消',
      ],
      ['clerk', '建班 《公文写作班》 12月10日 9:00-11:30 专业化能力 3学时 财务处全体', '确认'],
      ['department-head', '建班 1003 不同意 请增加党性教育'],
    ],
  },
  {
    title: '培训：本人的安排与群通知',
    lines: [
      ['cadre', '培训', '培训 1001', '培训 1002', '培训 9999', '培训 什么'],
      ['clerk', '培训', tap('已结束的'), tap('进行中的'), '培训 1001', tap('发到“中层干部学习群”')],
      ['group', tap('我的安排'), '培训 1001'],
    ],
  },
  {
    title: '培训：调整课次',
    lines: [
      [
        'clerk',
        '培训 1001 第2课次 改到 12-3 14:00-16:30 地点：302',
        '确认',
        '培训 1001 第2课次 地点 无',
        '确认',
        '培训 1001',
        tap('调整课次'),
        fill({ no: '3', change: 'edit' }),
        fill({ line: '12-5 11:30-9:00 理论教育 2学时 《丙》' }),
        fill({ line: '12-4 9:00-11:30 理论教育 2学时 《丙》 主讲：李教授', reason: '避开周末' }),
        tap('确认调整'),
        '培训 1001 加课 12-7 9:00-11:30 党性教育 3学时 《党史专题》',
        '确认',
        '培训 1001 第3课次 并入 第4课次 理由 两讲合一',
        tap('不改了'),
        '培训 1001 第2课次 改为 专业化能力',
        '培训 1001 第3课次 取消',
        '确认',
        '培训 1001 第3课次 取消',
        '培训 1001 第9课次 怎么办',
      ],
      ['cadre', '培训 1001', '培训 1001 取消 不想上'],
    ],
  },
  {
    title: '名单',
    lines: [
      [
        'clerk',
        '名单 1001',
        tap('加人'),
        fill({ people: '没有这个人' }),
        fill({ units: ['审计处'] }),
        tap('确认（6 人）'),
        '名单 1001 去掉 审计处',
        '取消',
        '名单 1001 加上 教务处全体',
        '名单 1001 导出',
        '名单 9999',
        '名单 1001 换成 王芳',
      ],
      ['department-head', '培训 1001', tap('取消培训班'), fill({ reason: '另行安排' }), tap('确认调整'), '培训'],
    ],
  },
];
