import { z } from 'zod';
import { type Command, defineCommand, wordsOf } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { foresee, leavesNobody } from '../src/bot/roster/consequences.ts';
import { addPerson, askWho, editPerson, editRoles, misfits } from '../src/bot/roster/forms.ts';
import { decideProposal, showProposals } from '../src/bot/roster/proposals.ts';
import { type Changes, changesSchema, readRosterWords } from '../src/bot/roster/read.ts';
import { showRecords } from '../src/bot/roster/records.ts';
import { showChoice, showCounts, showPerson, showUnit } from '../src/bot/roster/show.ts';
import { showUnbound } from '../src/bot/roster/unbound.ts';
import { findPerson } from '../src/bot/text/people.ts';
import { findUnit, listUnits } from '../src/bot/units.ts';
import { type Cadre, cadres, hasFiveYearQuota } from '../src/domain/cadre.ts';
import { lineSchema, newStaffNoSchema } from '../src/domain/schema.ts';
import { button, buttons, card, type Invocation, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { formTexts } from '../src/texts/form.ts';
import { rosterTexts as texts } from '../src/texts/roster.ts';

const argsSchema = changesSchema
  .extend({
    /** A 工号, a name, a name with its unit, or a unit. */
    who: z.string().trim().min(1).max(60).optional(),
    /** What the person has logged is asked for. */
    records: z.boolean().default(false),
    page: z.number().int().min(1).max(1000).default(1),
    /** A form is asked for. */
    form: z.enum(['find', 'add', 'edit', 'roles']).optional(),
    /** A list is asked for: who has no account, or what a directory knows otherwise. */
    list: z.enum(['unbound', 'proposals']).optional(),
    file: z.boolean().default(false),
    /** The answer to what a directory knows otherwise. */
    verdict: z.enum(['adopt', 'decline']).optional(),
    matter: z.enum(['unit', 'left']).default('unit'),
    /** A form brought it. */
    filled: z.boolean().default(false),
    /** A unit that is not among the known ones; wins over `unit`. */
    newUnit: lineSchema(60).optional(),
    /** `who` is the 工号 of somebody new. */
    adding: z.boolean().default(false),
    name: lineSchema(40).optional(),
    confirmed: z.boolean().default(false),
  })
  .refine(({ adding, who }) => !adding || newStaffNoSchema.safeParse(who).success, { path: ['who'] });
type Args = z.output<typeof argsSchema>;

/** 干部: the roster. The department looks; the archivist changes, and sees what follows before it is saved. */
export const roster: Command = defineCommand({
  name: '干部',
  aliases: ['名册', '干部名册'],
  summary: '查看和维护干部名册、角色',
  roleSummaries: [
    { who: ['archivist'], summary: '查看和维护干部名册、角色' },
    { who: ['clerk', 'department-head'], summary: '查看干部名册' },
  ],
  who: ['clerk', 'department-head', 'archivist'],
  args: argsSchema,
  examples: ['干部', '干部 王芳', '干部 E0011', '干部 未绑定'],
  roleExamples: { who: ['archivist'], lines: ['干部 E0011 单位 教务处', '干部 E0011 角色 加 经办'] },
  read: (said, { today, dialog }) => readRosterWords(said, today, dialog),
  refill: async (context, filled, faulty) => {
    if (!isArchivist(context)) return text(texts.archivistOnly);
    const typed = wordsOf(filled);
    if (filled['adding'] === true) return addPerson(context, typed, misfits(faulty));
    const found = findPerson(String(typed['who']), await listAll(context.tx, cadres));
    return found.ok ? editPerson(context, found.person, typed, misfits(faulty)) : null;
  },
  run: async (context, said) => {
    const args = asWritten(said);
    const { who, form } = args;
    if (args.list === 'unbound') return showUnbound(context, args.file);
    if (args.list === 'proposals') return isArchivist(context) ? showProposals(context) : text(texts.archivistOnly);
    if (form === 'find') return askWho();
    if (form === 'add') return isArchivist(context) ? addPerson(context) : text(texts.archivistOnly);
    if (who === undefined) return showCounts(context);
    if (args.adding) return add(context, who, args);
    const everybody = await listAll(context.tx, cadres);
    const found = findPerson(who, everybody);
    if (!found.ok) {
      const unit = found.reason === 'several' ? null : findUnit(who, await listUnits(context.tx));
      if (unit !== null) return showUnit(context, unit);
      const matches = found.reason === 'several' ? found.matches : everybody.filter(({ name }) => name.startsWith(who));
      return matches.length === 0 ? text(texts.notFound(who, context.me.staffNo)) : showChoice(who, matches);
    }
    const { person } = found;
    if (args.records) return showRecords(context, person, args.page);
    const changes = changesSchema.parse(args);
    const isAsked = Object.keys(changes).length > 0 || form !== undefined || args.verdict !== undefined;
    if (!isAsked) return showPerson(context, person);
    if (!isArchivist(context)) return text(texts.archivistOnly);
    if (form !== undefined) return form === 'roles' ? editRoles(person) : editPerson(context, person);
    const { verdict, matter, unit } = args;
    if (verdict !== undefined) {
      return decideProposal(context, person, { verdict, matter, unit }, (adopted) =>
        change(context, person, adopted, { confirmed: true, filled: false }),
      );
    }
    return change(context, person, changes, args);
  },
});

/** A unit written anew wins; an emptied text comes from no form, so that 职务 left empty in the form of a person means none. */
function asWritten(said: Args): Args {
  const { filled, adding, had, newUnit, position } = said;
  const isEmptied = filled && !adding && had === undefined && position === undefined;
  return {
    ...said,
    ...(newUnit === undefined ? {} : { unit: newUnit }),
    ...(isEmptied ? { position: '' } : {}),
  };
}

const isArchivist = ({ me }: Context): boolean => me.roles.includes('archivist');

async function change(
  context: Context,
  before: Cadre,
  changes: Changes,
  { confirmed, filled }: Pick<Args, 'confirmed' | 'filled'>,
): Promise<Reply> {
  const after = apply(before, changes);
  const differences = describe(before, after);
  if (differences.length === 0) return text(texts.noChange(before));
  if (await leavesNobody(context, ['archivist'], [{ before, after }])) {
    if (!filled) return text(texts.lastArchivist);
    return changes.roles === undefined
      ? editPerson(context, before, wordsOf(changes), { state: texts.lastArchivist })
      : editRoles(before, changes.roles, { roles: texts.lastArchivist });
  }
  if (confirmed) return save(context, after, before);
  const kept = Object.entries(changes).filter(
    ([field, value]) => describe(before, apply(before, { [field]: value })).length > 0,
  );
  const { had } = changes;
  const args = { ...Object.fromEntries(kept), ...(had === undefined ? {} : { had }), who: before.staffNo };
  return preview(context, before, after, texts.previewSummary(before, differences), args);
}

function apply(before: Cadre, changes: Changes): Cadre {
  const { unit, position, grade, appointedOn, state, youngTalent, addRole, dropRole } = changes;
  const { roles: wanted = before.roles, had = before.roles } = changes;
  const lost = [...had.filter((role) => !wanted.includes(role)), ...(dropRole === undefined ? [] : [dropRole])];
  const gained = [...wanted.filter((role) => !had.includes(role)), ...(addRole === undefined ? [] : [addRole])];
  const roles = [...new Set([...before.roles.filter((role) => !lost.includes(role)), ...gained])];
  return {
    ...before,
    unit: unit ?? before.unit,
    position: position ?? before.position,
    grade: grade ?? before.grade,
    appointedOn: appointedOn || before.appointedOn,
    state: state ?? before.state,
    youngTalent: youngTalent === undefined ? before.youngTalent : youngTalent === 'yes',
    roles,
  };
}

/** `单位由“教务处”改为“科研处”`, for every row of the person's card that changes. */
function describe(before: Cadre, after: Cadre): string[] {
  const then = new Map(texts.rows(after));
  return texts.rows(before).flatMap(([label, value]) => {
    const next = then.get(label) ?? value;
    return next === value ? [] : [texts.change(label, value, next)];
  });
}

async function add(context: Context, staffNo: string, args: Args): Promise<Reply> {
  if (!isArchivist(context)) return text(texts.archivistOnly);
  const taken = findPerson(staffNo, await listAll(context.tx, cadres));
  if (taken.ok) {
    const said = texts.exists(taken.person);
    return args.filled ? addPerson(context, wordsOf(args), { who: said }) : text(said);
  }
  const { name, unit, grade, position = '', appointedOn, youngTalent } = args;
  if (name === undefined || unit === undefined || grade === undefined) {
    if (!args.filled) return text(texts.addExample);
    const gaps = (['name', 'unit', 'grade'] as const).filter((field) => args[field] === undefined);
    return addPerson(context, wordsOf(args), Object.fromEntries(gaps.map((field) => [field, formTexts.gap])));
  }
  const newcomer: Cadre = {
    staffNo,
    name,
    unit,
    position,
    grade,
    appointedOn: appointedOn || null,
    bornIn: null,
    mobile: null,
    email: null,
    youngTalent: youngTalent === 'yes',
    state: 'active',
    roles: [],
    updatedAt: context.now,
  };
  if (args.confirmed) return save(context, newcomer);
  const kept = { who: staffNo, name, unit, grade, position, adding: true, ...(youngTalent ? { youngTalent } : {}) };
  if (hasFiveYearQuota(newcomer) && !appointedOn) {
    if (args.filled) return addPerson(context, wordsOf(args), { appointedOn: formTexts.gap });
    return askAppointment(context, newcomer, kept);
  }
  const dated = { ...kept, ...(appointedOn ? { appointedOn } : {}) };
  return preview(context, null, newcomer, texts.addSummary(newcomer, grade), dated);
}

/** Without 任现职时间 the whole quota would stand against somebody who has just begun. */
async function askAppointment(context: Context, newcomer: Cadre, args: Invocation['args']): Promise<Reply> {
  await context.ask({ command: '干部', args, asking: 'appointedOn' });
  const summary = texts.askAppointment(newcomer);
  const today = button(texts.appointedToday, '干部', { ...args, appointedOn: context.today });
  return card(texts.askTitle, 'info', summary, words(summary), buttons(today));
}

async function preview(
  context: Context,
  before: Cadre | null,
  after: Cadre,
  summary: string,
  args: Invocation['args'],
): Promise<Reply> {
  const consequences = await foresee(context, before, after);
  const draft = await context.ask({ command: '干部', args, asking: 'confirm' });
  return card(
    texts.previewTitle,
    'info',
    summary,
    words(summary),
    consequences.length === 0
      ? null
      : words([texts.consequencesTitle, ...consequences.map((line) => `· ${line}`)].join('\n')),
    buttons(button(texts.confirm, '确认', { draft }, 'primary'), button(texts.cancel, '取消', { draft })),
  );
}

async function save(context: Context, cadre: Cadre, before?: Cadre): Promise<Reply> {
  await context.tx.put(cadres, { ...cadre, updatedAt: context.now });
  if (before !== undefined) await tellRoles(context, before, cadre);
  return showPerson(context, cadre, texts.saved(cadre));
}

/** Somebody else hears of the roles that they are given or lose. */
async function tellRoles(context: Context, before: Cadre, { staffNo, state, roles }: Cadre): Promise<void> {
  const { me, now } = context;
  const gained = roles.filter((role) => !before.roles.includes(role));
  const lost = before.roles.filter((role) => !roles.includes(role));
  if (state !== 'active' || staffNo === me.staffNo || gained.length + lost.length === 0) return;
  await context.tell(staffNo, text(texts.rolesTold(me.name, gained, lost)), {
    key: `roles:${staffNo}:${now}`,
    purpose: 'notice',
  });
}
