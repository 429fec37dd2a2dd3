import { z } from 'zod';
import { type Cadre, cadres, grades, unitsOf } from '../domain/cadre.ts';
import {
  type Choice,
  everybody,
  type Group,
  joinChoices,
  mostChosen,
  nobody,
  selectionSchema,
  selectPeople,
} from '../domain/selection.ts';
import { type Reply, text } from '../messenger/reply.ts';
import { listAll } from '../store/store.ts';
import { dialogTexts } from '../texts/hours.ts';
import { selectionTexts as texts } from '../texts/selection.ts';
import { misunderstood, type Reading, understood } from './command.ts';
import type { Context } from './context.ts';
import type { Dialog } from './dialogs.ts';
import { sayEnded } from './ended.ts';
import { personFinder } from './text/people.ts';
import { readSelection } from './text/selection.ts';

/** Whom a draft is about, as far as it is settled. */
const pickedSchema = z.object({
  selection: selectionSchema,
  doubts: z.array(z.object({ said: z.string(), staffNos: z.array(z.string()), except: z.boolean() })),
  unknown: z.array(z.string()),
  inactive: z.array(z.string()),
});
export type Picked = z.output<typeof pickedSchema>;

/** Arguments of a command that is about many people: what words or a form say of them, and what its draft keeps. */
export const selectionArgsSchema = z.object({
  /** Groups and people in words, or a pasted list. */
  people: z.string().max(10_000).optional(),
  units: z.array(z.string().max(60)).max(500).optional(),
  grades: z.array(z.enum(grades)).max(grades.length).optional(),
  pool: z.array(z.literal('young')).max(1).optional(),
  /** Who is not meant, in the same words. */
  except: z.string().max(10_000).optional(),
  /** The 工号 that settles the first doubt, or null for none of them. */
  pick: z.string().max(32).nullable().optional(),
  /** The same in words. */
  answer: z.string().max(100).optional(),
  /** A page of the whole list is asked for. */
  list: z.number().int().min(1).max(1000).optional(),
  picked: pickedSchema.optional(),
  /** Whom the card of the draft has shown: 确认 reaches nobody else, whoever has joined a group since. */
  shown: z.array(z.string().max(32)).max(mostChosen).optional(),
});
export type SelectionArgs = z.output<typeof selectionArgsSchema>;

const saidOnce = [
  'people',
  'units',
  'grades',
  'pool',
  'except',
  'pick',
  'answer',
  'list',
  'draft',
  'filled',
  'edit',
  'confirmed',
  'shown',
];

/** What a draft keeps of arguments: everything but what has gone into `picked` and what holds for one message alone. */
export const withoutWords = (args: object): object =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !saidOnce.includes(name)));

/** What the open draft of the command knows and what is said now; or the answer to the card of a draft that is gone. */
export async function resumeDraft(
  context: Context,
  command: string,
  said: { readonly draft?: number | undefined },
): Promise<{ readonly args: object } | { readonly gone: Reply }> {
  const now = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  if (said.draft === undefined) return { args: now };
  const open = await context.question();
  if (open === null || open.id !== said.draft || open.command !== command) {
    return { gone: await sayEnded(context, said.draft, dialogTexts.nothingToConfirm) };
  }
  return { args: { ...open.args, ...now } };
}

const change = /^(加上|增加|添加|还有|去掉|除了|不含|减去|删去)[\s:：]*([\s\S]+)$/;

/** Whether a text changes whom the open draft is about, whatever else it may mean. */
export const isSelectionChange = (said: string): boolean => change.test(said);

/** What is said to an open draft or question about many people. */
export function readSelectionAnswer(said: string, { id, asking }: Dialog): Reading {
  const [, verb = '', words = ''] =
    /^(加上|增加|添加|还有|去掉|除了|不含|减去|删去)[\s:：]*([\s\S]+)$/.exec(said) ?? [];
  if (/^[加增添还]/.test(verb)) return understood({ draft: id, people: words });
  if (verb !== '') return understood({ draft: id, except: words });
  return asking === 'which' && said.length <= 100
    ? understood({ draft: id, answer: said })
    : misunderstood(text(asking === 'which' ? texts.notOneOf(said) : texts.unread(said)));
}

export interface Chosen {
  readonly picked: Picked;
  /** In the order of the roster. */
  readonly people: Cadre[];
  /** The people of the first doubt. */
  readonly candidates: Cadre[];
  /** Chosen, and then excepted. */
  readonly excepted: number;
  /** Excepted by name without having been chosen. */
  readonly strays: Cadre[];
  /** Groups that nobody is in. */
  readonly empty: Group[];
}

/** Whom the arguments mean, together with what the draft knows already. */
export async function choosePeople({ tx }: Context, args: SelectionArgs): Promise<Chosen> {
  const roster = await listAll(tx, cadres);
  const units = unitsOf(roster);
  const before = args.picked ?? {
    selection: { chosen: nobody, except: nobody },
    doubts: [],
    unknown: [],
    inactive: [],
  };
  const listed = readSelection(args.people ?? '', roster, units);
  const left = readSelection(args.except ?? '', roster, units);
  const added = joinChoices(listed.selection.chosen, groupOf(args));
  const { chosen, except } = before.selection;
  const kept = { ...except, staffNos: except.staffNos.filter((one) => !added.staffNos.includes(one)) };
  const picked = settle(args, roster, {
    selection: {
      chosen: joinChoices(chosen, added),
      except: joinChoices(joinChoices(kept, listed.selection.except), left.selection.chosen),
    },
    doubts: [
      ...before.doubts.filter((doubt) => !isSettledBy(doubt, doubt.except ? left.selection.chosen : added)),
      ...listed.doubts,
      ...left.doubts.map((doubt) => ({ ...doubt, except: true })),
    ],
    unknown: [...new Set([...before.unknown, ...listed.unknown, ...left.unknown])],
    inactive: [...new Set([...before.inactive, ...listed.inactive, ...left.inactive])],
  });
  const people = selectPeople(picked.selection, roster);
  const all = selectPeople({ ...picked.selection, except: nobody }, roster);
  const [doubt] = picked.doubts;
  const candidates = roster.filter(({ staffNo }) => doubt?.staffNos.includes(staffNo));
  const chosenNos = new Set(all.map(({ staffNo }) => staffNo));
  const named = new Set(picked.selection.except.staffNos);
  const strays = roster.filter(({ staffNo }) => named.has(staffNo) && !chosenNos.has(staffNo));
  const empty = picked.selection.chosen.groups.filter(
    (group) => selectPeople({ chosen: { groups: [group], staffNos: [] }, except: nobody }, roster).length === 0,
  );
  return { picked, people, candidates, excepted: all.length - people.length, strays, empty };
}

/** 加上 E0011, while it is asked which 王芳 is meant. */
const isSettledBy = ({ staffNos }: Picked['doubts'][number], named: Choice): boolean =>
  staffNos.some((one) => named.staffNos.includes(one));

/** Those of them whom the confirmed card had shown; everybody as long as nothing is confirmed. */
export const asShown = (
  people: Cadre[],
  { shown, confirmed }: SelectionArgs & { confirmed?: boolean | undefined },
): Cadre[] =>
  confirmed === true && shown !== undefined ? people.filter(({ staffNo }) => shown.includes(staffNo)) : people;

const groupOf = ({ units = [], grades: ranks = [], pool = [] }: SelectionArgs): Choice => {
  if (units.length + ranks.length + pool.length === 0) return nobody;
  return { groups: [{ ...everybody, units, grades: ranks, young: pool.length > 0 }], staffNos: [] };
};

/** The first doubt with its answer; words that answer nothing leave it open. */
function settle({ pick, answer }: SelectionArgs, roster: readonly Cadre[], picked: Picked): Picked {
  const [doubt, ...doubts] = picked.doubts;
  if (doubt === undefined || (pick === undefined && answer === undefined)) return picked;
  if (pick === null) return { ...picked, doubts };
  const find = personFinder(roster.filter(({ staffNo }) => doubt.staffNos.includes(staffNo)));
  const found = [pick ?? '', answer ?? '', `${doubt.said}${answer ?? ''}`].map(find).find(({ ok }) => ok);
  if (found?.ok !== true) return picked;
  const one = { groups: [], staffNos: [found.person.staffNo] };
  const { chosen, except } = picked.selection;
  const selection = doubt.except
    ? { chosen, except: joinChoices(except, one) }
    : { chosen: joinChoices(chosen, one), except };
  return { ...picked, selection, doubts };
}
