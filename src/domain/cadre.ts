import { z } from 'zod';
import { defineCollection } from './collection.ts';
import { daySchema, instantSchema, staffNoSchema } from './schema.ts';

/** 职级: 中层正职, 中层副职, 其他. */
export const grades = ['chief', 'deputy', 'other'] as const;
/**
 * 角色, beside plain cadre, which everybody on the roster is: 单位负责人, 经办 (approves, runs classes), 部长,
 * 档案管理员 (roster, roles, voids, corrections), 运维. Assigned by the archivist.
 */
export const roles = ['unit-head', 'clerk', 'department-head', 'archivist', 'operator'] as const;
/** 在职, 退休, 离任. Only the active are counted and reminded; nobody is ever deleted. */
export const cadreStates = ['active', 'retired', 'left'] as const;

/** 干部: a person on the roster, keyed by 工号. */
export const cadreSchema = z.object({
  staffNo: staffNoSchema,
  name: z.string().min(1).max(40),
  unit: z.string().min(1).max(60),
  position: z.string().max(60),
  grade: z.enum(grades),
  /** 任现职时间 (三.2): drives 任职培训 and the pro-rata quota. */
  appointedOn: daySchema.nullable(),
  /** 出生年月 `1978-05`. */
  bornIn: z.string().max(7).nullable(),
  mobile: z.string().max(20).nullable(),
  email: z.string().max(80).nullable(),
  /** 优秀年轻干部 (三.10–11). */
  youngTalent: z.boolean(),
  state: z.enum(cadreStates),
  roles: z.array(z.enum(roles)),
  updatedAt: instantSchema,
});

export type Cadre = z.output<typeof cadreSchema>;
export type Grade = Cadre['grade'];
export type Role = (typeof roles)[number];
export type CadreState = Cadre['state'];

export const cadres = defineCollection({
  name: 'cadres',
  schema: cadreSchema,
  key: ['staffNo'],
  indexes: { byUnit: ['unit'], byName: ['name'], byState: ['state'] },
  totals: { index: 'byState', fields: ['unit', 'grade', 'name', 'position', 'appointedOn', 'youngTalent'] },
});

/** What lists over everybody look at. */
export const listedFields = ['staffNo', 'name', 'unit', 'position', 'grade', 'appointedOn', 'state'] as const;
export type ListedCadre = Pick<Cadre, (typeof listedFields)[number]>;

/** The units of the active people in the one order they have everywhere: that of their first 工号. */
export const unitsOf = (people: readonly Pick<Cadre, 'unit' | 'state'>[]): string[] => [
  ...new Set(people.filter(({ state }) => state === 'active').map(({ unit }) => unit)),
];

/** 处级 for the five-year quota (三.5): the college counts its 中层 so. */
export const hasFiveYearQuota = (cadre: Pick<Cadre, 'grade'>): boolean => cadre.grade !== 'other';
