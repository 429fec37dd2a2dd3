import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cadres } from '../../src/domain/cadre.ts';
import { makeUps, openMakeUp } from '../../src/domain/make-up.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { makeCadre, people } from '../support/college.ts';
import { openCourse } from '../support/course.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

describe('the page of a unit', () => {
  it('shows progress, who is behind and what is owed, against the college', async () => {
    await train(chat, people.cadre, { form: 'intensive', title: '教务管理专题班' });
    await train(chat, people.unitHead, { hours: 60_000, form: 'secondment', from: '2026-01-10', to: '2026-06-30' });
    await train(chat, people.cadre, { title: '待审的培训', from: '2026-11-03', to: '2026-11-03' }, 'waiting');
    const said = await chat.as(people.unitHead).says('本单位');
    expect(said).toContain('教务处在职 2 人：进度落后（超过 9 学时）1 人，体会未交 1 篇。');
    expect(said).toContain('本年人均学时：302 学时（全校 86.29 学时）');
    expect(said).toContain('进度达标：1 / 2 人（中层干部）');
    expect(said).toContain('体会逾期：1 篇');
    expect(said).toContain('待组织部审核：1 条');
    expect(said).toMatch(/王芳 \| 副处长 \| 4 \| \d+/);
  });

  it('turns to the reflections, the 专业化能力 and everybody', async () => {
    await train(chat, people.cadre, { form: 'intensive', title: '教务管理专题班' });
    const head = chat.as(people.unitHead);
    await head.says('本单位');
    expect(await head.taps('体会未交')).toContain('王芳 | 教务管理专题班 | 11月9日前（已逾期）');
    expect(await head.taps('专业化能力')).toContain('欧阳明月 | 处长 | 0');
    expect(await head.taps('全部人员')).toContain('E0011 | 王芳 | 副处长 | 4 | 4');
    expect(await head.says('本单位 体会')).toContain('教务管理专题班');
    expect(await head.says('本单位 天气')).toContain('没有看懂“天气”');
  });

  it('shows who has to make up what until when, and nobody of another unit', async () => {
    await openCourse(chat, {}, [people.cadre, people.namesake]);
    const today = '2026-11-20';
    const owes = (staffNo: string) =>
      openMakeUp(
        { courseId: 1001, no: 1, staffNo, cause: 'absent', hours: 300, content: 'party-spirit' },
        today,
        chat.policies.at(today),
      );
    await chat.write(async (tx) => {
      for (const { staffNo } of [people.cadre, people.namesake]) await tx.put(makeUps, owes(staffNo));
    });
    const head = chat.as(people.unitHead);
    expect(await head.says('本单位')).toContain('体会未交 0 篇，待补训 1 项。');
    expect(await head.taps('待补训')).toContain('王芳 | 1001《党性教育专题班》第 1 课次 | 2027年1月19日前 | 待补训');
    expect(await chat.as(people.cadre).says('进度')).toContain(
      '待补训 1 项，1001《党性教育专题班》第 1 课次应于2027年1月19日前补上。',
    );
    expect(chat.as(people.cadre).button('去补训')).toBeDefined();
    chat.clock.set('2027-01-20T01:00:00.000Z');
    const said = await head.says('本单位 补训');
    expect(said).toContain('待补训：1 项（逾期 1 项）');
    expect(said.match(/王芳/g)).toHaveLength(1);
    await chat.write((tx) => tx.remove(makeUps, `1001:1:${people.cadre.staffNo}`));
    expect(await head.says('本单位 补训')).toContain('没有待补训的人');
  });

  it.each(['本单位 Excel', '本单位 导出'])('is a workbook as well: %s', async (asked) => {
    await train(chat, people.cadre, { form: 'intensive', title: '教务管理专题班' });
    await train(chat, people.namesake, { form: 'intensive', title: '外语教学专题班' });
    const head = chat.as(people.unitHead);
    expect(await head.says(asked)).toContain('教务处截至2026年11月20日的学习情况，按工号排列');
    const file = head.lastFile();
    expect(file?.name).toBe('本单位学习情况_教务处_2026-11-20.xlsx');
    const bytes = await chat.store.blobs.get(file?.blob ?? '');
    const { sheets } = await readXlsx(bytes ?? new Uint8Array());
    expect(sheets.map(({ name }) => name)).toEqual(['人员', '未交体会', '待补训']);
    const said = JSON.stringify(sheets.map(({ rows }) => rows));
    expect(said).toMatch(/"E0010","欧阳明月".*"E0011","王芳","副处长",4,4/);
    expect(said).toMatch(/"E0011","王芳",\d+,"教务管理专题班","2026-11-09T[^"]*","是"/);
    expect(said).not.toContain('外语教学专题班');
  });

  it('as a workbook is the own unit’s alone, whatever the button says', async () => {
    const head = chat.as(people.unitHead);
    await head.says('本单位');
    expect(head.button('Excel')).toBeDefined();
    await head.presses({ command: '本单位', args: { file: true, unit: '外国语学院' } });
    expect(head.lastFile()?.name).toContain('教务处');
    expect(await chat.as(people.cadre).says('本单位 Excel')).toContain('没有这项权限');
    expect(await chat.inGroup(people.unitHead).says('本单位 Excel')).toContain('私聊');
  });

  it('says when all is well', async () => {
    for (const person of [people.cadre, people.unitHead]) {
      await train(chat, person, { hours: 60_000, form: 'secondment', from: '2026-01-10', to: '2026-06-30' });
    }
    const head = chat.as(people.unitHead);
    expect(await head.says('本单位')).toContain('没有人进度落后');
    expect(await head.says('本单位 体会')).toContain('没有未交的体会');
    expect(head.lastCard()?.tone).toBe('good');
  });

  it('is the own unit’s alone, whatever the button says, and follows the head', async () => {
    await train(chat, people.namesake, { form: 'intensive', title: '外语教学专题班' });
    const head = chat.as(people.unitHead);
    const said = await head.presses({ command: '本单位', args: { view: 'reflection', unit: '外国语学院' } });
    expect(said).not.toContain('外语教学专题班');
    await chat.write((tx) => tx.put(cadres, { ...people.unitHead, unit: '外国语学院' }));
    const moved = await head.says('本单位 体会');
    expect(moved).toContain('外语教学专题班');
    expect(moved).not.toContain('教务处');
  });

  it('leaves out who has retired', async () => {
    await chat.write((tx) => tx.put(cadres, { ...people.cadre, state: 'retired' }));
    expect(await chat.as(people.unitHead).says('本单位 人员')).not.toContain('王芳');
  });

  it('comes ten people a page', async () => {
    await chat.close();
    const unit = Array.from({ length: 24 }, (_, i) => makeCadre({ staffNo: `E2${100 + i}`, name: `干部${i}` }));
    chat = await openChat({ people: [people.unitHead, ...unit] });
    const head = chat.as(people.unitHead);
    expect(await head.says('本单位 人员')).toContain('第 1 页，共 3 页');
    expect(await head.taps('下一页')).toContain('干部18');
  });
});

describe('who may ask', () => {
  it('is the head of a unit, in private', async () => {
    expect(await chat.as(people.cadre).says('本单位')).toContain('没有这项权限');
    expect(await chat.as(people.clerk).says('本单位')).toContain('没有这项权限');
    expect(await chat.as(people.head).says('本单位')).toContain('组织部在职');
    expect(await chat.inGroup(people.unitHead).says('本单位')).toContain('私聊');
  });
});
