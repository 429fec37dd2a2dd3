import type { Role } from '../domain/cadre.ts';
import { type Command, mayUse } from './command.ts';

/** A kind of person, as far as rights go. */
export type Rank = 'stranger' | 'cadre' | Role;
export const ranks = ['stranger', 'cadre', 'unit-head', 'clerk', 'department-head', 'archivist', 'operator'] as const;

/** Who may use what, generated from the declarations: command → rank → yes or no. */
export const rightsMatrix = (
  commands: readonly Command[],
): readonly { readonly command: Command; readonly allowed: Readonly<Record<Rank, boolean>> }[] =>
  commands.map((command) => ({
    command,
    allowed: Object.fromEntries(ranks.map((rank) => [rank, isAllowed(command, rank)])) as Record<Rank, boolean>,
  }));

function isAllowed(command: Command, rank: Rank): boolean {
  if (rank === 'stranger') return command.runForStranger !== null;
  return mayUse(command.who, { roles: rank === 'cadre' ? [] : [rank] });
}
