import type { Rank } from '../../../src/bot/rights.ts';
import { group } from '../chat.ts';
import { happens, persons, type Script, tap } from '../gallery.ts';

const enters = (rank: Rank) => {
  const id = persons[rank];
  return happens('打开聊天', { type: 'entered', sender: { id, userId: id, name: null, privateChat: `p:${id}` } });
};
const by = { id: 'E0002', userId: 'E0002', name: null, privateChat: 'p:E0002' };
const joins = happens('拉进群', { type: 'joined', chat: { id: group, name: '中层干部学习群' }, by });
const leaves = happens('移出群', { type: 'removed', chat: group });
const moves = (unit: string) =>
  happens(`通讯录：单位是${unit}`, {
    type: 'person-changed',
    person: { id: 'E0034', userId: 'E0034', name: null, units: [unit] },
  });
const goes = happens('通讯录：已离职', {
  type: 'person-left',
  person: { id: 'E0036', userId: 'E0036', name: null, units: [] },
});

/** What happens without anybody saying it, and who hears of it. */
export const happeningScripts: readonly Script[] = [
  {
    title: '第一次打开聊天',
    lines: (['stranger', 'cadre', 'unit-head', 'clerk', 'archivist'] as const).map((rank) => [rank, enters(rank)]),
  },
  {
    title: '机器人进群、离群',
    lines: [['clerk', leaves, '通报 群', joins, tap('否'), tap('改为接收'), '通报 群']],
  },
  {
    title: '通讯录变动',
    lines: [
      [
        'archivist',
        moves('后勤保障部'),
        goes,
        '待办',
        tap('查看变动'),
        '干部 变动',
        tap('不采纳'),
        tap('不改名册'),
        moves('图书馆'),
        tap('采纳'),
        '干部 变动',
        '干部 未绑定',
      ],
      ['clerk', '干部 变动', '干部 未绑定'],
    ],
  },
];
