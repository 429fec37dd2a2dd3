import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWorkbook } from '../../../src/documents/write-workbook.ts';
import { instantAt } from '../../../src/domain/day.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';
import { openCourse } from '../../support/course.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
  chat.clock.set(instantAt('2026-11-20', '12:30'));
  await openCourse(chat, { tutor: people.newcomer.staffNo, exam: { passMark: 60 } }, [people.cadre, people.unitHead]);
});
afterEach(() => chat.close());

const tables = {
  ledger: [
    ['姓名', '工号', '培训名称', '内容', '起止日期', '学时'],
    ['王芳', 'E0011', '专题党课', '党性教育', '2026-11-10', '3'],
  ],
  roster: [
    ['姓名', '工号', '单位', '职务', '职级'],
    ['新同志', 'E0777', '教务处', '副处长', '副处'],
  ],
  timetable: [
    ['课次', '日期', '起止', '内容', '专题', '学时'],
    ['1', '2026-12-01', '09:00-11:30', '党性教育', '专题报告', '3'],
  ],
} as const;

async function sends(who: string, table: keyof typeof tables): Promise<string> {
  const [head, row] = tables[table];
  const columns = head.map((name) => ({ name, width: 12 }));
  const bytes = await writeWorkbook([{ name: '表', title: '表', columns, rows: [[...row]] }], chat.clock.now());
  return chat.as(who).sends({ name: '台账.xlsx', size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) });
}

it.each([
  ['考勤 1001 第1课次 签到表', '考勤'],
  ['成绩 1001', '成绩'],
])(
  'a ledger that comes while %s waits for its list is looked at for import, and nothing is lost',
  async (said, name) => {
    const clerk = chat.as(people.clerk);
    await clerk.says(said);
    const preview = await sends('E0003', 'ledger');
    expect(preview).toContain('台账');
    expect(preview).toContain(`刚才在办“${name}”，收到的这个文件不是那张表，按导入处理；办完请重新发送“${name}”。`);
    expect(await clerk.says('确认')).not.toContain('没有等待确认');
  },
);

it('a roster likewise; a timetable says how a class is opened with it, and the question stays', async () => {
  const clerk = chat.as(people.clerk);
  await clerk.says('考勤 1001 第1课次 签到表');
  expect(await sends('E0003', 'timetable')).toContain('这个文件像是课程表，不是现在要的表，没有采用。');
  expect(await clerk.says('王芳 08:55')).toContain('将记录 1 人');
  await clerk.says('考勤 1001 第1课次 签到表');
  expect(await sends('E0003', 'roster')).toContain('刚才在办“考勤”');
});

it('班主任, who may not import, hears who may', async () => {
  await chat.as(people.newcomer).says('考勤 1001 第1课次 签到表');
  expect(await sends(people.newcomer.staffNo, 'ledger')).toContain('像是学时台账，不是现在要的表，没有采用');
  expect(await chat.as(people.newcomer).says('王芳 08:55')).toContain('将记录 1 人');
});
