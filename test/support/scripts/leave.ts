import { fill, type Script, tap } from '../gallery.ts';

/** Leave, make-up and objections where no class is open: what the bot then says, and what concerns hours alone. */
export const leaveScripts: readonly Script[] = [
  {
    title: '请假与销假',
    lines: [
      ['cadre', '请假', '请假 9001 第2课次 出差开会', '销假'],
      ['clerk', '请假 待批', '请假 9005 准'],
    ],
  },
  {
    title: '补训',
    lines: [
      ['cadre', '补训', '补训 9001 第2课次'],
      ['clerk', '补训 待审', '补训 E0001'],
    ],
  },
  {
    title: '异议',
    lines: [
      ['cadre', '异议', '异议 登记号 8206', '实际上了四天，少记了一天', '异议'],
      [
        'clerk',
        '异议 待答',
        tap('成立'),
        fill({ amount: '很多', answer: '已核对培训通知' }),
        '异议 1001 不成立 通知上是三天',
      ],
      ['cadre', '撤回异议 1001'],
    ],
  },
];
