import { describe, expect, it } from 'vitest';
import { readOpening } from '../../../src/bot/text/opening.ts';

const policy = { halfDayHours: 400, dayHours: 800 };
const read = (text: string) => readOpening(text, '2026-11-20', policy).args;

const title = '党性教育专题班';
const first = '2026-12-08 09:00-11:30 党性教育 3学时';
const lines =
  '第1课次 12-8 9:00-11:30 党性教育 3学时 党性修养 张教授 报告厅\n第2课次 12-9 下午 理论教育 3学时 《甲；乙》';

describe('a class on one line with ； between its parts', () => {
  const parts = lines.split('\n');
  const lined = read(`《${title}》\n${lines}\n参加人员：党办、组织部`);
  it.each([
    ['people behind 参加', `《${title}》；${parts.join('；')}；参加 党办、组织部`],
    ['; and a title without 《》', `${title}; ${parts.join('; ')}; 参加：党办、组织部`],
    [
      'what is more of a 课次 between its own ；',
      `《${title}》；第1课次 12-8 9:00-11:30；党性教育；3学时 党性修养 张教授 报告厅；${parts[1]}；参加：党办、组织部`,
    ],
    ['units at the end of the last 课次', `《${title}》；${parts.join('；')} 党办、组织部`],
    ['people behind 参加 in the line of a 课次', `《${title}》；${parts.join('；')} 参加 党办、组织部`],
  ])('is read as its lines are: %s', (_, said) => {
    const { timetable, ...others } = read(said);
    expect(others).toMatchObject({ title, people: '党办、组织部' });
    const bare = (text: string | undefined) => text?.replace(/第.课次|[；;\s]+/g, '');
    expect(bare(timetable)).toBe(bare(lined['timetable']));
  });

  it('says what is wished and where in parts of their own', () =>
    expect(read(`《${title}》；${parts[0]}；地点：教学楼 301；签退；主办：组织部；全体正职`)).toMatchObject({
      timetable: `${parts[0]} 地点：教学楼 301`,
      signsOut: 'yes',
      organiser: '组织部',
      people: '全体正职',
    }));
});

describe('people at the end of a 课次', () => {
  it.each([
    ['全体正职', 'group'],
    ['教务处和科研处全体', 'group'],
    ['党办、组织部', 'group'],
    ['组织部', 'behind a topic'],
    ['张教授', null],
    ['治理体系', null],
  ])('%s', (words, who) => {
    const args = read(`《${title}》\n${first}${who === 'group' ? '' : ' 党性修养'} ${words}`);
    expect(args['people']).toBe(who === null ? undefined : words);
    expect(args['timetable']?.includes(words)).toBe(who === null);
  });

  it.each([
    '教务处全体、李䶮',
    '处级干部',
    '中层干部',
    '全体中层干部',
    '年轻干部',
    '全体正职、李䶮',
    '教务处全体 李䶮',
    'E0010、E0013',
    '处级干部 不含李䶮',
    '全体正职（李䶮除外）',
    '教务处除欧阳明月外全体',
    '各单位正职',
  ])('may be groups with names, behind several 课次 or one: %s', (words) => {
    const next = '2026-12-08 14:00-16:30 理论教育 3学时';
    expect(read(`《${title}》 ${first}；${next} ${words}`)).toMatchObject({
      title,
      timetable: `${first}\n${next}`,
      people: words,
    });
    expect(read(`《${title}》 ${first}；${next} 党性修养 张教授 ${words} 班主任：欧阳明月`)).toMatchObject({
      title,
      timetable: `${first}\n${next} 党性修养 张教授`,
      people: words,
      tutor: '欧阳明月',
    });
    expect(read(`《${title}》 ${first} ${words}`)).toMatchObject({ title, timetable: first, people: words });
    expect(read(`《${title}》\n${first}\n${next}；${words}`)).toMatchObject({ people: words });
  });

  it('stay apart from what the first 课次 says, wherever they are named', () => {
    expect(read(`《${title}》 ${first} 党性修养 张教授 报告厅；参加 全体正职`)).toMatchObject({
      timetable: `${first} 党性修养 张教授 报告厅`,
      people: '全体正职',
    });
    expect(read(`《${title}》 ${first} 王芳 教务处`)).toMatchObject({ timetable: first, people: '王芳 教务处' });
    expect(read(`《${title}》 ${first} 王芳，教务处`)).toMatchObject({ people: '王芳\n教务处' });
    expect(read(`《${title}》\n${first}\n王芳 教务处`)).toMatchObject({ timetable: first, people: '王芳 教务处' });
  });
});

describe('what is said of the class', () => {
  it.each([
    [`${first} 班主任 E0013 教务处全体`, { tutor: 'E0013' }],
    [
      `${first}；2026-12-09 14:00-16:30 理论教育 3学时 班主任 E0013 考试60分 教务处全体`,
      { tutor: 'E0013', exam: '60' },
    ],
    [`${first} 体会不少于800字，结束后14天内提交 教务处全体`, { reflection: '800', reflectionDays: '14' }],
    [`${first} 体会要1500字 10天内交 教务处全体`, { reflection: '1500', reflectionDays: '10' }],
    [`${first} 不要考试 不要体会 教务处全体`, { exam: '0', reflection: '0' }],
    [`${first} 闭卷考试 60 分及格 签退 教务处全体`, { exam: '60', signsOut: 'yes' }],
    [`${first} 教务处全体 无需考试 体会不要`, { exam: '0', reflection: '0' }],
    [`${first} 教务处全体，考试不要`, { exam: '0' }],
    [`${first} 班主任 李䶮、参训人员：教务处全体`, { tutor: '李䶮' }],
    [`${first} 教务处全体\n地点 报告厅`, { place: '报告厅' }],
  ])('is taken wherever it stands: %s', (said, settings) => {
    const args = read(`《${title}》 ${said}`);
    expect(args).toMatchObject({ title, people: '教务处全体', ...settings });
    expect(args['timetable']?.split('\n').every((line) => line.endsWith('学时'))).toBe(true);
  });

  it('is no part of a title', () =>
    expect(read(`《班主任 培训 体会800字》 ${first} 教务处全体`)).toEqual({
      title: '班主任 培训 体会800字',
      timetable: first,
      people: '教务处全体',
    }));

  it('leaves speaker and place to their 课次', () =>
    expect(read(`《${title}》\n${first} 党性修养 主讲张教授 地点报告厅\n教务处全体`)).toMatchObject({
      timetable: `${first} 党性修养 主讲张教授 地点报告厅`,
    }));

  it('keeps a 课次 whose day is still open', () =>
    expect(read(`《${title}》 下周 党性教育 3学时 教务处全体`)).toMatchObject({
      timetable: '党性教育 3学时 下周',
      people: '教务处全体',
    }));
});
