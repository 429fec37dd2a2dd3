import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportReport } from '../../../src/bot/importing/report.ts';
import { importRoster, planRosterImport } from '../../../src/bot/importing/roster.ts';
import type { RosterPerson, RosterReading, RosterRow } from '../../../src/documents/roster.ts';
import { type Cadre, cadres } from '../../../src/domain/cadre.ts';
import type { Cause } from '../../../src/store/store.ts';
import { describeFault, describeImport } from '../../../src/texts/importing.ts';
import { openTemporaryStore, type TemporaryStore } from '../../support/temporary-store.ts';

const at = '2026-11-20T01:00:00.000Z';
const cause: Cause = { actor: 'system', via: 'cli', what: 'import', ref: 'roster.xlsx', at };

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await openTemporaryStore([cadres]);
});
afterEach(() => temporary.remove());

const wangFang: RosterPerson = { staffNo: 'E0011', name: '王芳', unit: '教务处', position: '副处长', grade: 'deputy' };
const liYan: RosterPerson = { staffNo: 'E0013', name: '李䶮', unit: '财务处', position: '处长', grade: 'chief' };
const reading = (...persons: RosterPerson[]): RosterReading => ({
  rows: persons.map((person, index): RosterRow => ({ sheet: '名册', row: index + 3, person })),
  faults: [],
  sheets: ['名册'],
  skippedSheets: [],
  total: persons.length,
});
const importPeople = (persons: RosterPerson[], mayAssignRoles = true): Promise<ImportReport> =>
  temporary.store.transaction(cause, (tx) => importRoster(tx, reading(...persons), { mayAssignRoles }));
const person = (staffNo: string): Promise<Cadre | undefined> =>
  temporary.store.read((view) => view.get(cadres, staffNo));
const faultsOf = async (...persons: RosterPerson[]): Promise<string[]> =>
  (await importPeople(persons)).faults.map(describeFault);

it('people new to the roster are added, in service and with nothing unknown made up', async () => {
  expect(await importPeople([wangFang, liYan])).toMatchObject({ total: 2, added: 2, updated: 0, same: 0, faults: [] });
  expect(await person('E0011')).toEqual({
    ...wangFang,
    appointedOn: null,
    bornIn: null,
    mobile: null,
    email: null,
    youngTalent: false,
    state: 'active',
    roles: [],
    updatedAt: at,
  });
});

it('the same file twice changes nothing', async () => {
  const full: RosterPerson = { ...wangFang, roles: ['clerk', 'unit-head'], mobile: '12000000001', state: 'active' };
  await importPeople([full, liYan]);
  const { n } = await temporary.store.read((view) => view.auditHead());
  expect(await importPeople([full, liYan])).toMatchObject({ added: 0, updated: 0, same: 2 });
  for await (const record of temporary.store.auditRecords(n + 1)) expect(record.changes).toEqual([]);
});

it('what changed is updated, and columns that the file does not have stay as they are', async () => {
  await importPeople([{ ...wangFang, mobile: '12000000001', roles: ['clerk'], appointedOn: '2020-03-01' }]);
  const moved: RosterPerson = { ...wangFang, unit: '科研处', appointedOn: '2026-09-01' };
  expect(await importPeople([moved])).toMatchObject({ added: 0, updated: 1, same: 0 });
  expect(await person('E0011')).toMatchObject({ ...moved, mobile: '12000000001', roles: ['clerk'] });
  await importPeople([{ ...moved, mobile: null }]);
  expect((await person('E0011'))?.mobile).toBe(null);
});

it('who is missing in the file stays, and is named', async () => {
  await importPeople([wangFang, liYan, { ...liYan, staffNo: 'E0014', name: '单国华', state: 'retired' }]);
  const report = await importPeople([wangFang]);
  expect(describeImport(report, true)).toEqual([
    '干部名册共 1 行：新增 0 人，更新 0 人，已有且相同 1 人。',
    '注意：另有 1 名在职干部不在文件中，保持不变：李䶮（E0013）。',
  ]);
  expect(await person('E0013')).toBeDefined();
});

describe('a fault', () => {
  it('is a 工号 that stands twice', async () => {
    expect(await faultsOf(wangFang, { ...liYan, staffNo: 'E0011' })).toEqual([
      '工作表“名册”第 4 行“工号”列：写的是“E0011”，与工作表“名册”第 3 行的工号相同，一个工号只能有一行',
    ]);
    expect((await person('E0011'))?.name).toBe('王芳');
  });

  it('is a 工号 that belongs to another name', async () => {
    await importPeople([wangFang]);
    expect(await faultsOf({ ...liYan, staffNo: 'E0011' })).toEqual([
      '工作表“名册”第 3 行“姓名”列：写的是“李䶮”，工号 E0011 在干部名册里是“王芳”，请核对姓名和工号',
    ]);
  });

  it('is a mobile or an e-mail of somebody else, in the file or on the roster', async () => {
    const contact = { mobile: '12000000001', email: 'a@example.edu.cn' };
    expect(await faultsOf({ ...wangFang, ...contact }, { ...liYan, mobile: contact.mobile })).toEqual([
      '工作表“名册”第 4 行“手机”列：写的是“12000000001”，与王芳（E0011）的相同，请核对',
    ]);
    expect(await faultsOf({ ...liYan, email: 'A@example.edu.cn' })).toEqual([
      '工作表“名册”第 3 行“邮箱”列：写的是“a@example.edu.cn”，与王芳（E0011）的相同，请核对',
    ]);
  });
});

describe('roles', () => {
  it('are assigned only by somebody who may', async () => {
    await importPeople([{ ...wangFang, roles: ['clerk'] }]);
    const report = await importPeople([{ ...wangFang, roles: ['archivist'] }], false);
    expect(report).toMatchObject({ updated: 0, same: 1 });
    expect(report.notes[0]?.text).toBe('王芳的角色没有改动，角色由档案管理员指定');
    expect((await person('E0011'))?.roles).toEqual(['clerk']);
    await importPeople([{ ...wangFang, roles: ['archivist'] }]);
    expect((await person('E0011'))?.roles).toEqual(['archivist']);
  });

  it('in another order are the same', async () => {
    await importPeople([{ ...wangFang, roles: ['clerk', 'unit-head'] }]);
    expect(await importPeople([{ ...wangFang, roles: ['unit-head', 'clerk'] }])).toMatchObject({ same: 1 });
  });
});

it('a preview writes nothing', async () => {
  const plan = await temporary.store.read((view) =>
    planRosterImport(view, reading(wangFang), { mayAssignRoles: true }),
  );
  expect(plan.report.added).toBe(1);
  expect(await person('E0011')).toBeUndefined();
});
