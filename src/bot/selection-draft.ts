import type { z } from 'zod';
import type { Cadre } from '../domain/cadre.ts';
import type { Reply } from '../messenger/reply.ts';
import type { Context } from './context.ts';
import { asShown, type Chosen, choosePeople, resumeDraft, type SelectionArgs } from './selection.ts';
import { askWhich, keepSelection, refuseChoice, showList } from './selection-card.ts';

interface DraftArgs extends SelectionArgs {
  readonly draft?: number | undefined;
  readonly confirmed?: boolean | undefined;
}

/** A draft about many people, as every command has one: whom it is about now, and what is said ahead of its own card. */
export interface SelectionDraft {
  readonly chosen: Chosen;
  /** Of them those whom the confirmed card had shown. */
  readonly people: Cadre[];
  /** Why nothing can go on with them; null as long as it is to be asked which of one name is meant. */
  readonly refused: string | null;
  /** They as a form takes them. */
  readonly listed: string;
  /** Asks which of one name is meant, or shows the page of `covered` that is asked for; null: neither. The draft keeps `known`. */
  askFirst(known: object, covered: readonly Cadre[]): Promise<Reply | null>;
  /** Opens the draft that remembers what is `known` and that its card shows `covered`; returns its number. */
  keep(known: object, covered: readonly Cadre[]): Promise<number>;
}

export async function draftSelection(context: Context, command: string, args: DraftArgs): Promise<SelectionDraft> {
  const chosen = await choosePeople(context, args);
  const { people, picked } = chosen;
  const { list, draft } = args;
  return {
    chosen,
    people: asShown(people, args),
    refused: picked.doubts.length > 0 ? null : refuseChoice(chosen),
    listed: people.map(({ staffNo }) => staffNo).join('、'),
    askFirst: async (known, covered) => {
      if (picked.doubts.length > 0) return askWhich(context, command, known, chosen);
      return list === undefined || draft === undefined ? null : showList(covered, list, command, draft);
    },
    keep: (known, covered) => keepSelection(context, command, known, picked, covered),
  };
}

/** Goes on with the open draft of a command and what is said now, or answers the card of a draft that is gone. */
export async function goOn<S extends z.ZodType>(
  context: Context,
  command: string,
  schema: S,
  said: { readonly draft?: number | undefined },
  go: (args: z.output<S>) => Promise<Reply>,
): Promise<Reply> {
  const draft = await resumeDraft(context, command, said);
  return 'gone' in draft ? draft.gone : go(schema.parse(draft.args));
}
