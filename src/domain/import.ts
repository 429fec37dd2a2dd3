import { z } from 'zod';
import { cadreSchema } from './cadre.ts';
import { defineCollection } from './collection.ts';
import { instantSchema, staffNoSchema } from './schema.ts';

/** The importer where nobody from the college stands behind it. */
export const systemImporter = 'system';

/** Rows of a file by what became of them. */
const countsSchema = z.object({
  total: z.number().int(),
  added: z.number().int(),
  updated: z.number().int(),
  same: z.number().int(),
  /** Of the added ones: the importer's own, which somebody else has to approve. */
  waiting: z.number().int(),
  /** Rows left out. */
  faulty: z.number().int(),
});
export type ImportCounts = z.output<typeof countsSchema>;

const undoSchema = z.object({
  by: staffNoSchema,
  at: instantSchema,
  reason: z.string().min(1).max(300),
  /** Entries voided, rejected or withdrawn; people removed, set to 离任 or put back as they were. */
  undone: z.number().int(),
  /** What stays, and why: 登记号 or 工号. */
  left: z.array(z.object({ key: z.string(), why: z.enum(['own', 'decided', 'changed', 'roles']) })),
});

const importStates = ['confirmed', 'running', 'done', 'undoing', 'undone', 'failed'] as const;

/**
 * 导入: a workbook whose rows somebody has let in, in chat or on the command line. `confirmed` → `running` → `done` →
 * `undoing` → `undone`; `failed` when the file cannot be read any more, or an undoing came to grief. `counts` are those written so far; `preview` what was shown when it was confirmed.
 * The file stays as long as the row: it is the proof of every number that came from it.
 */
const importSchema = z.object({
  id: z.number().int().positive(),
  subject: z.enum(['roster', 'ledger']),
  fileName: z.string(),
  blob: z.string(),
  /** What the entries carry. */
  importId: z.string(),
  /** 工号, or `system`. */
  by: staffNoSchema,
  messenger: z.string(),
  confirmedAt: instantSchema,
  /** Whether the roles in a roster count: an archivist has confirmed it. */
  assignsRoles: z.boolean(),
  state: z.enum(importStates),
  preview: countsSchema,
  counts: countsSchema,
  /** Rows carried out or undone, of how many. */
  done: z.number().int(),
  due: z.number().int(),
  finishedAt: instantSchema.nullable(),
  /** What was wrong with the file of one that failed, in a sentence; absent when it was our own fault. */
  fault: z.string().optional(),
  undo: undoSchema.nullable(),
});
export type Import = z.output<typeof importSchema>;

/** What the question before an import holds. */
export const importDraftSchema = importSchema
  .pick({ subject: true, fileName: true, blob: true })
  .extend({ counts: countsSchema });

export const imports = defineCollection({
  name: 'imports',
  schema: importSchema,
  key: ['id'],
  indexes: { byState: ['state', 'confirmedAt'], byTime: ['confirmedAt', 'id'] },
  blobsOf: ({ blob }) => [blob],
  numbered: { field: 'id', sequence: 'imports' },
});

/** What a roster import did to one person: how to undo it, and how to see that nobody has changed the person since. */
const changeSchema = z.object({
  id: z.number().int().positive(),
  staffNo: staffNoSchema,
  /** Null for somebody new. */
  before: cadreSchema.nullable(),
  after: cadreSchema,
});
export type RosterChange = z.output<typeof changeSchema>;

export const rosterChanges = defineCollection({
  name: 'roster-changes',
  schema: changeSchema,
  key: ['id', 'staffNo'],
  indexes: { byImport: ['id', 'staffNo'] },
  appendOnly: true,
});
