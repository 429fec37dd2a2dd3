import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { importers } from '../src/bot/importing/cards.ts';
import { readOverdue } from '../src/bot/overdue.ts';
import { readLedgerEntries } from '../src/bot/rendering.ts';
import { findPerson } from '../src/bot/text/people.ts';
import { readYear } from '../src/bot/text/years.ts';
import { findUnit, listUnits } from '../src/bot/units.ts';
import { cadres } from '../src/domain/cadre.ts';
import { yearOf } from '../src/domain/day.ts';
import { buttons, card, link, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { exportTexts as texts } from '../src/texts/exporting.ts';
import { overdueTexts } from '../src/texts/overdue.ts';

const subjects = ['ledger', 'roster', 'overdue'] as const;

const argsSchema = z.object({
  subject: z.enum(subjects).optional(),
  year: z.number().int().min(2000).max(2100).optional(),
  /** The five-year cycle of today. */
  cycle: z.boolean().default(false),
  /** A unit, a name or a 工号. */
  about: z.string().max(60).optional(),
});
type Args = z.output<typeof argsSchema>;

/** 导出: the ledger, the roster or who is overdue as a workbook, made when it is sent. */
export const exportFile = defineCommand({
  name: '导出',
  aliases: ['下载'],
  summary: '导出台账、名册、逾期名单（Excel）',
  who: importers,
  args: argsSchema,
  examples: ['导出', '导出 台账 2026', '导出 台账 本周期 教务处', '导出 名册', '导出 逾期'],
  read: (said, { today }) => {
    if (said === '') return understood({});
    const subject = subjects.find((one) => texts.subjects[one].test(said));
    if (subject === undefined) return misunderstood(text(texts.unknownSubject(said)));
    const bare = said.replace(texts.subjects[subject], ' ');
    const cycle = texts.cycleWords.test(bare);
    const year = readYear(bare.replace(texts.cycleWords, ' '), today);
    const about = (year?.rest ?? bare.replace(texts.cycleWords, ' ')).replace(/excel|表格|[\s，,、的]/gi, '');
    return understood({
      subject,
      cycle,
      ...(year === null ? {} : { year: year.year }),
      ...(about === '' ? {} : { about: about.slice(0, 60) }),
    });
  },
  run: async (context, args) => {
    if (args.subject === undefined) return showMenu(context);
    if (args.subject === 'roster') return sendRoster(context);
    const whom = args.about === undefined ? {} : await findWhom(context, args.about);
    if (whom === null) return text(texts.unknown(args.about ?? ''));
    return args.subject === 'ledger' ? sendLedger(context, args, whom) : sendOverdue(context, args, whom);
  },
});

/** As a document's arguments carry it. */
type Whom = { readonly unit?: string; readonly people?: string[] };

const showMenu = ({ today }: Context): Reply =>
  card(
    texts.title,
    'info',
    texts.menu,
    words(texts.menu),
    buttons(
      link(texts.thisYear, '导出', { subject: 'ledger', year: yearOf(today) }),
      link(texts.thisCycle, '导出', { subject: 'ledger', cycle: true }),
      link(texts.ledger, '导出', { subject: 'ledger' }),
      link(texts.roster, '导出', { subject: 'roster' }),
      link(texts.overdue, '导出', { subject: 'overdue' }),
    ),
  );

async function findWhom({ tx }: Context, said: string): Promise<Whom | null> {
  const unit = findUnit(said, await listUnits(tx));
  if (unit !== null) return { unit };
  const found = findPerson(said, await listAll(tx, cadres));
  const people = found.ok ? [found.person] : found.matches;
  return people.length === 0 ? null : { people: people.map(({ staffNo }) => staffNo) };
}

async function sendLedger({ tx, today, policy }: Context, args: Args, whom: Whom): Promise<Reply> {
  const { year, cycle, about } = args;
  const days = cycle ? policy.cycle : year === undefined ? {} : { from: `${year}-01-01`, to: `${year}-12-31` };
  const period = cycle ? texts.cycle : year === undefined ? '' : texts.year(year);
  const topic = [period, whom.unit ?? about ?? ''].filter((word) => word !== '').join(' ');
  const filter = { ...days, ...whom };
  const { length } = await readLedgerEntries(tx, filter);
  if (length === 0) return text(texts.empty(topic === '' ? texts.ledger : topic));
  return {
    type: 'document',
    document: 'ledger',
    name: texts.ledgerName(topic, today),
    caption: texts.ledgerCaption(topic, length),
    args: filter,
  };
}

async function sendRoster({ tx, today }: Context): Promise<Reply> {
  const caption = texts.rosterCaption(today, await tx.count(cadres, {}));
  return { type: 'document', document: 'roster', name: texts.rosterName(today), caption, args: {} };
}

async function sendOverdue({ tx, today, policies }: Context, { about }: Args, whom: Whom): Promise<Reply> {
  const { items } = await readOverdue(tx, { asOf: today, policies }, whom);
  const topic = whom.unit ?? about ?? '';
  if (items.length === 0) return text(overdueTexts.empty(today, topic));
  return {
    type: 'document',
    document: 'overdue',
    name: overdueTexts.fileName(today, topic === '' ? undefined : topic, undefined),
    caption: overdueTexts.fileCaption(today, topic, items.length),
    args: { ...whom, asOf: today },
  };
}
