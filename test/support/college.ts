import type { Cadre } from '../../src/domain/cadre.ts';

/** An active deputy of 教务处, in post since before the cycle, unless told otherwise. */
export const makeCadre = (cadre: Partial<Cadre> = {}): Cadre => ({
  staffNo: 'E1001',
  name: '张敏',
  unit: '教务处',
  position: '副处长',
  grade: 'deputy',
  appointedOn: '2020-03-01',
  bornIn: '1978-05',
  mobile: null,
  email: null,
  youngTalent: false,
  state: 'active',
  roles: [],
  updatedAt: '2026-11-20T01:00:00.000Z',
  ...cadre,
});

const cadre = (staffNo: string, name: string, unit: string, rest: Partial<Cadre> = {}): Cadre =>
  makeCadre({ staffNo, name, unit, position: '干部', ...rest });

/** A college small enough to keep in mind. */
export const people = {
  archivist: cadre('E0001', '周正', '组织部', { roles: ['archivist'], grade: 'other', position: '档案管理员' }),
  head: cadre('E0002', '沈建国', '组织部', {
    roles: ['department-head', 'unit-head'],
    grade: 'chief',
    position: '部长',
  }),
  clerk: cadre('E0003', '赵敏', '组织部', { roles: ['clerk'], position: '副部长' }),
  unitHead: cadre('E0010', '欧阳明月', '教务处', { roles: ['unit-head'], grade: 'chief', position: '处长' }),
  cadre: cadre('E0011', '王芳', '教务处', { position: '副处长' }),
  namesake: cadre('E0012', '王芳', '外国语学院', { position: '副院长' }),
  newcomer: cadre('E0013', '李䶮', '外国语学院', { grade: 'chief', appointedOn: '2025-09-15', position: '院长' }),
  retired: cadre('E0014', '单国华', '后勤处', { state: 'retired' }),
} as const;

export const college: readonly Cadre[] = Object.values(people);
