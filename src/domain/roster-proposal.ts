import { z } from 'zod';
import type { Cadre } from './cadre.ts';
import { defineCollection } from './collection.ts';
import { instantSchema, staffNoSchema } from './schema.ts';

/**
 * What a platform's directory knows otherwise than the roster: a person's unit, or that they have left. The archivist
 * decides; what was declined is not proposed again. One proposal a person and matter, the newest.
 */
export const rosterProposalSchema = z.object({
  staffNo: staffNoSchema,
  what: z.enum(['unit', 'left']),
  /** The unit on the roster then, and the directory's; the same for who has left. */
  before: z.string().max(60),
  after: z.string().max(60),
  messenger: z.string(),
  at: instantSchema,
  state: z.enum(['open', 'declined']),
});
export type RosterProposal = z.output<typeof rosterProposalSchema>;

export const rosterProposals = defineCollection({
  name: 'roster-proposals',
  schema: rosterProposalSchema,
  key: ['staffNo', 'what'],
  indexes: { byState: ['state', 'at'] },
});

/** Whether there is still something to decide: the roster may have been changed since. */
export const isStillOpen = (proposal: RosterProposal, cadre: Cadre | undefined): cadre is Cadre =>
  proposal.state === 'open' && cadre?.state === 'active' && (proposal.what === 'left' || cadre.unit !== proposal.after);
