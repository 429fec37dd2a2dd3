import { z } from 'zod';
import { type AnyCollection, defineCollection } from '../../src/domain/collection.ts';
import type { Cause } from '../../src/store/store.ts';

/** Small collections of every sort for the tests of stores: indexed, append-only, operational. */
export const people = defineCollection({
  name: 'people',
  schema: z.object({
    id: z.number().int(),
    name: z.string().min(1),
    unit: z.string(),
    age: z.number().int().nullable(),
    active: z.boolean(),
    tags: z.array(z.string()),
    note: z.string().optional(),
  }),
  key: ['id'],
  indexes: { byUnit: ['unit', 'age'], byActive: ['active', 'name'], byNote: ['note'] },
});
export type Person = z.output<typeof people.schema>;

export const events = defineCollection({
  name: 'events',
  schema: z.object({ person: z.number().int(), seq: z.number().int(), what: z.string() }),
  key: ['person', 'seq'],
  indexes: { byWhat: ['what'] },
  appendOnly: true,
});

export const claims = defineCollection({
  name: 'claims',
  schema: z.object({ id: z.string(), at: z.string() }),
  key: ['id'],
  indexes: { byAt: ['at'] },
  kept: 'operational',
});

/** Numbered by a sequence of its own name, and naming blobs. */
export const letters = defineCollection({
  name: 'letters',
  schema: z.object({ id: z.number().int(), blobs: z.array(z.string()) }),
  key: ['id'],
  kept: 'operational',
  blobsOf: ({ blobs }) => blobs,
  numbered: { field: 'id', sequence: 'letters' },
});

export const contractCollections: readonly AnyCollection[] = [people, events, claims, letters];

export const causeOf = (ref: string, via: Cause['via'] = 'message'): Cause => ({
  actor: 'E1001',
  via,
  what: '登记',
  ref,
  at: '2026-11-20T01:00:00.000Z',
});

export const personOf = (id: number, change: Partial<Person> = {}): Person => ({
  id,
  name: `干部${id}`,
  unit: id % 2 === 0 ? '教务处' : '人事处',
  age: 30 + (id % 7),
  active: true,
  tags: [],
  ...change,
});
