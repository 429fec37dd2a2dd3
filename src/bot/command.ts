import { z } from 'zod';
import type { TableKind } from '../documents/document-error.ts';
import type { Cadre, Role } from '../domain/cadre.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Policy } from '../domain/policy.ts';
import type { Reply } from '../messenger/reply.ts';
import type { Context, StrangerContext } from './context.ts';
import type { Dialog } from './dialogs.ts';

/**
 * Who may use a command: anybody at all, everybody on the roster, or people with one of these roles. `tutor`: whoever is
 * 班主任 of a class, which is no role but said by the class (`course/tutor.ts`).
 */
export type Audience = 'everyone' | 'cadre' | readonly (Role | 'tutor')[];

/** What a command may know while it reads a text: no store, no person. */
export interface ReadingContext {
  readonly today: Day;
  readonly now: Instant;
  readonly policy: Policy;
  /** The open question of this command that the text answers, if it does. */
  readonly dialog: Dialog | null;
}

/** Arguments found in a text, still unchecked, or the answer that says what was not understood. */
export type Reading = { readonly ok: true; readonly args: object } | { readonly ok: false; readonly reply: Reply };

export const understood = (args: object): Reading => ({ ok: true, args });
export const misunderstood = (reply: Reply): Reading => ({ ok: false, reply });

/** What a command is for people with certain roles, in one line; `tutor`: for whom none of their roles lets use it. */
export interface RoleSummary {
  readonly who: readonly (Role | 'tutor')[];
  readonly summary: string;
}

export interface RoleExamples {
  readonly who: Audience;
  readonly lines: readonly string[];
}

/** What a form brought, before it is checked: its press says `filled`. */
const filledSchema = z.looseObject({ filled: z.literal(true) });
export type Filled = Readonly<Record<string, unknown>>;

/** What a form had in its fields, to be shown again as it was: texts, and lists of texts; `longest` UTF-16 units of each. */
export const wordsOf = (filled: object, longest = 10_000): Readonly<Record<string, string | string[]>> =>
  Object.fromEntries(
    Object.entries(filled).flatMap(([name, value]): [string, string | string[]][] => {
      if (typeof value === 'string') return [[name, value.slice(0, longest)]];
      const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
      return isList ? [[name, value.map((one) => one.slice(0, longest))]] : [];
    }),
  );

type Amend = (text: string, context: ReadingContext & { readonly dialog: Dialog }) => Reading | null;

/**
 * A use case: one thing that people can say. Text, a card's form and a button's value all become `args`, pass the same
 * schema and the same authorisation and end in `run`.
 */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  /** All that it is called by. */
  readonly names: readonly string[];
  /** One line for the menu. */
  readonly summary: string;
  /** In place of it for people with certain roles; the first that fits. */
  readonly roleSummaries: readonly RoleSummary[];
  readonly who: Audience;
  /** `private`: never answered in a group, where others read along. */
  readonly where: 'private' | 'anywhere';
  /** Complete lines that work as they stand. */
  readonly examples: readonly string[];
  /** More of them, for people with certain roles. */
  readonly roleExamples: RoleExamples | null;
  /**
   * For a command about the open draft or question itself: what else means it there, when nothing else is said. Null for
   * every other command.
   */
  readonly inDialog: readonly string[] | null;
  /** The argument that is a long text: it is kept as a blob before the transaction begins. */
  readonly longText: string | null;
  /** Characters that a text which is no long text may have: what nobody types is not worth the bot's time. */
  readonly longest: number;
  /** Whether a workbook that comes alone means this command; it is read before the transaction begins. */
  readonly takesWorkbook: boolean;
  /**
   * Reads a workbook that comes with this command's name, or while its draft is open, before the transaction begins; the
   * command finds what it gives in `context.workbook`. @throws DocumentError
   */
  readonly readWorkbook: ((bytes: Uint8Array, today: Day) => Promise<unknown>) | null;
  /** The kind of table that means this command also when it comes alone. */
  readonly readsTable: TableKind | null;
  read(text: string, context: ReadingContext): Reading;
  /** Reads a text as a change of this command's open draft, whatever it begins with; null when it says nothing of it. */
  readonly amend: Amend | null;
  /** @returns null when the arguments do not fit the schema: an old or a forged card */
  execute(context: Context, args: unknown, isTyped?: boolean): Promise<Reply | null>;
  readonly runForStranger: ((context: StrangerContext, args: unknown) => Promise<Reply | null>) | null;
}

export function defineCommand<S extends z.ZodObject>(declaration: {
  name: string;
  aliases?: readonly string[];
  summary: string;
  roleSummaries?: readonly RoleSummary[];
  who: Audience;
  where?: 'private' | 'anywhere';
  args: S;
  examples: readonly string[];
  roleExamples?: RoleExamples;
  inDialog?: readonly string[];
  longText?: keyof z.output<S> & string;
  longest?: number;
  takesWorkbook?: boolean;
  readWorkbook?: (bytes: Uint8Array, today: Day) => Promise<unknown>;
  readsTable?: TableKind;
  /** The grammar beside the arguments: the words after the command's name, or the answer to its question. */
  read?: (text: string, context: ReadingContext) => Reading;
  amend?: Amend;
  /** Answers arguments that do not fit the schema, as words or a form may bring them; null for an old or a forged card. */
  refill?: (context: Context, filled: Filled, faulty: readonly string[]) => Promise<Reply | null>;
  run: (context: Context, args: z.output<S>) => Promise<Reply>;
  runForStranger?: (context: StrangerContext, args: z.output<S>) => Promise<Reply>;
}): Command {
  const { args: schema, aliases = [], run, refill, runForStranger } = declaration;
  return {
    name: declaration.name,
    aliases,
    names: [declaration.name, ...aliases],
    summary: declaration.summary,
    roleSummaries: declaration.roleSummaries ?? [],
    who: declaration.who,
    where: declaration.where ?? 'private',
    examples: declaration.examples,
    roleExamples: declaration.roleExamples ?? null,
    inDialog: declaration.inDialog ?? null,
    longText: declaration.longText ?? null,
    longest: declaration.longest ?? 1000,
    takesWorkbook: declaration.takesWorkbook ?? false,
    readWorkbook: declaration.readWorkbook ?? null,
    readsTable: declaration.readsTable ?? null,
    read: declaration.read ?? (() => understood({})),
    amend: declaration.amend ?? null,
    execute: async (context, args, isTyped = false) => {
      const parsed = schema.safeParse(args);
      if (parsed.success) return run(context, parsed.data);
      const filled = (isTyped ? z.looseObject({}) : filledSchema).safeParse(args);
      if (refill === undefined || !filled.success) return null;
      return refill(context, filled.data, [...new Set(parsed.error.issues.map(({ path: [name] }) => String(name)))]);
    },
    runForStranger:
      runForStranger === undefined
        ? null
        : async (context, args) => {
            const parsed = schema.safeParse(args);
            return parsed.success ? runForStranger(context, parsed.data) : null;
          },
  };
}

/** Whether a person may use a command. The caller decides about rows: one's own, one's unit's, everybody's. */
export const mayUse = (who: Audience, cadre: Pick<Cadre, 'roles'> | null): boolean =>
  who === 'everyone' || (cadre !== null && (who === 'cadre' || cadre.roles.some((role) => who.includes(role))));

/** What a command is for this person. */
export function summaryFor({ who, roleSummaries, summary }: Command, me: Pick<Cadre, 'roles'>): string {
  const isByRole = mayUse(who, me);
  const found = roleSummaries.find((one) => mayUse(one.who, me) || (!isByRole && one.who.includes('tutor')));
  return found?.summary ?? summary;
}
