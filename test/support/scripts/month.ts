import type { Script } from '../gallery.ts';

/** What the bot says by itself: the daily reminder, the eve of the bulletin, the bulletin, the year’s turn. */
export const monthScripts: readonly Script[] = [
  {
    title: '机器人自己说的',
    lines: [
      [
        'cadre',
        { day: '2026-11-23', time: '09:30' },
        { day: '2026-11-27', time: '09:30' },
        { day: '2026-11-30', time: '16:30' },
        { day: '2026-12-01', time: '10:00' },
        { day: '2026-12-15', time: '09:30' },
        { day: '2027-01-04', time: '10:00' },
      ],
      ['clerk', '自查', '自查 上月', '通报 上月'],
    ],
  },
];
