import { type Cadre, cadres } from '../../domain/cadre.ts';
import { hourEntries } from '../../domain/hours.ts';
import { decideProof, isClosed, isOwing, type MakeUp, makeUps, shortOf, waiveMakeUp } from '../../domain/make-up.ts';
import { type Block, button, buttons, card, link, type Reply, text, words } from '../../messenger/reply.ts';
import { courseLedgerTexts } from '../../texts/course-ledger.ts';
import { makeUpTexts as texts } from '../../texts/make-up.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { reasonCard } from '../reason-card.ts';
import { readers } from '../reflection-desk.ts';
import { isReason } from '../text/reason.ts';
import { followPerson } from './follow.ts';
import { raiseFullDays } from './full-days.ts';
import { argsOf, type Owed, owedBy, withCourse } from './make-up-offer.ts';
import { proofJudge, sayProofFault } from './make-up-proof.ts';
import { followedLines } from './tell-followed.ts';

export const makeUpVerdicts = ['list', 'read', 'accept', 'return', 'waive'] as const;
export type MakeUpVerdict = (typeof makeUpVerdicts)[number];

const pageSize = 5;

/** Which make-up the desk means, and the version that a card has shown. */
export interface MakeUpAim {
  readonly course?: number | undefined;
  readonly no?: number | undefined;
  readonly who?: string | undefined;
  readonly version?: number | undefined;
  readonly reason?: string | undefined;
}

/** The department's desk: what was handed in, its text, and the word on it; 免补 also of what was not. */
export async function atMakeUpDesk(context: Context, verdict: MakeUpVerdict, aim: MakeUpAim): Promise<Reply> {
  const { tx, me } = context;
  if (!mayUse(readers, me)) return text(texts.deskOnly);
  if (verdict === 'list' || aim.who === undefined) return showDesk(context);
  const makeUp = await tx.get(makeUps, `${aim.course}:${aim.no}:${aim.who}`);
  const person = await tx.get(cadres, aim.who);
  const owed = makeUp && (await withCourse(context, makeUp));
  if (makeUp === undefined || person === undefined || owed == null) return text(texts.notHere(person?.name ?? aim.who));
  const { course } = owed;
  if (verdict === 'read') {
    if (makeUp.blob === null) return text(texts.notHere(person.name));
    return {
      type: 'file',
      name: texts.fileName(makeUp, person.name),
      blob: makeUp.blob,
      mime: 'text/plain; charset=utf-8',
      caption: texts.fileCaption(makeUp, person.name, course),
    };
  }
  if (makeUp.staffNo === me.staffNo) return text(texts.own);
  if (verdict === 'waive' ? isClosed(makeUp) : makeUp.state !== 'handed-in') {
    return showDesk(context, texts.notHere(person.name));
  }
  if (aim.version !== undefined && aim.version !== makeUp.version) return showDesk(context, texts.newer(person.name));
  const seen = verdict === 'accept' ? await readSeen(context, owed) : null;
  if (seen !== null && seen.fault !== null) return showDesk(context, texts.notAccepted(person.name, seen.fault));
  const needsReason = verdict !== 'accept' || (seen !== null && seen.short > 0);
  if (needsReason && !isReason(aim.reason ?? '')) return askReason(context, owed, person, verdict, aim.reason ?? '');
  return decide(context, owed, person, verdict, aim.reason ?? '');
}

/** The training that somebody has named, as the desk sees it; null where it is a text. */
interface Seen {
  readonly line: string;
  /** Why it cannot be accepted as it is. */
  readonly fault: string | null;
  readonly short: number;
}

async function readSeen({ tx, today }: Context, owed: Owed): Promise<Seen | null> {
  const { makeUp } = owed;
  if (makeUp.way !== 'same-theme') return null;
  const entry = makeUp.entryId === null ? undefined : await tx.get(hourEntries, makeUp.entryId);
  // A class that was named has given nothing: how much it was worth is the department's word.
  if (entry === undefined) return { line: makeUp.proof ?? '', fault: null, short: makeUp.hours };
  const { others, judge } = await proofJudge(tx, owed);
  const why = judge(entry);
  const fault =
    why !== null
      ? sayProofFault(why, entry, owed, others, today)
      : entry.state === 'approved'
        ? null
        : texts.entryWaits(entry.id);
  const short = shortOf(makeUp, entry);
  return { line: texts.deskProof(entry, short, fault, today), fault, short };
}

/** What one person owes, for the department. */
export async function showPerson(context: Context, person: Cadre): Promise<Reply> {
  const owed = (await owedBy(context, person.staffNo)).filter(({ makeUp }) => isOwing(makeUp));
  const summary = texts.personSummary(person.name, person.unit, owed.length);
  return card(
    texts.title,
    owed.length === 0 ? 'good' : 'info',
    summary,
    words(summary),
    ...owed
      .slice(0, 8)
      .flatMap(({ makeUp, course }): Block[] => [
        words(texts.personLine(makeUp, course, context.today)),
        buttons(button(texts.waive, '补训', actOn(makeUp, 'waive'))),
      ]),
  );
}

const actOn = (makeUp: MakeUp, verdict: MakeUpVerdict) => ({
  ...argsOf(makeUp),
  who: makeUp.staffNo,
  version: makeUp.version,
  verdict,
});

async function showDesk(context: Context, done?: string): Promise<Reply> {
  const { tx, today } = context;
  const waiting = { index: 'byState', equals: ['handed-in'] };
  const { rows } = await tx.find(makeUps, { ...waiting, limit: pageSize });
  const count = texts.deskSummary(await tx.count(makeUps, waiting));
  const summary = done === undefined ? count : `${done}${count}`;
  const blocks: (Block | null)[] = [];
  for (const makeUp of rows) {
    const person = await tx.get(cadres, makeUp.staffNo);
    const owed = await withCourse(context, makeUp);
    if (person === undefined || owed === null) continue;
    const seen = await readSeen(context, owed);
    blocks.push(
      words(texts.deskLine(makeUp, person.name, person.unit, owed.course, today)),
      seen === null ? null : words(seen.line),
      buttons(
        ...(makeUp.blob === null ? [] : [link(texts.read, '补训', actOn(makeUp, 'read'))]),
        button(texts.accept, '补训', actOn(makeUp, 'accept'), 'primary'),
        button(texts.sendBack, '补训', actOn(makeUp, 'return')),
        button(texts.waive, '补训', actOn(makeUp, 'waive')),
      ),
    );
  }
  return card(texts.deskTitle, rows.length === 0 ? 'good' : 'info', summary, words(summary), ...blocks);
}

async function askReason(
  context: Context,
  { makeUp, course }: Owed,
  person: Cadre,
  verdict: 'accept' | 'return' | 'waive',
  said: string,
): Promise<Reply> {
  const args = actOn(makeUp, verdict);
  await context.ask({ command: '补训', args, asking: 'reason' });
  return reasonCard({
    title: texts.reasonTitle[verdict],
    summary: texts.reasonAsk(verdict, person.name, makeUp, course),
    label: texts.reasonLabel,
    submit: button(
      { accept: texts.accept, return: texts.sendBack, waive: texts.waive }[verdict],
      '补训',
      args,
      verdict === 'accept' ? 'primary' : 'danger',
    ),
    said,
    fault: said === '' ? undefined : texts.noReason(said),
    hint: texts.reasonHint,
  });
}

/** The word on it; an accepted recording gives the missed hours. The person is told at once. */
async function decide(
  context: Context,
  { makeUp, course }: Owed,
  person: Cadre,
  verdict: 'accept' | 'return' | 'waive',
  reason: string,
): Promise<Reply> {
  const { tx, me, now } = context;
  const result =
    verdict === 'waive'
      ? waiveMakeUp(makeUp, reason, me.staffNo, now)
      : decideProof(makeUp, { accept: verdict === 'accept', words: reason }, me.staffNo, now);
  if (!result.ok) return text(result.reason === 'own-make-up' ? texts.own : texts.notHere(person.name));
  const after = result.makeUp;
  await tx.put(makeUps, after);
  const why = courseLedgerTexts.why.madeUp(course.id, makeUp.no);
  const followed = verdict === 'accept' ? await followPerson(context, course, person.staffNo, why) : null;
  if (followed !== null) await raiseFullDays(context, course, [followed]);
  const said =
    verdict === 'accept'
      ? texts.toldAccepted(after, course)
      : verdict === 'return'
        ? texts.toldReturned(after, course)
        : texts.toldWaived(after, course);
  const lines = followed === null ? [] : followedLines(course, followed, context.today);
  await context.tell(
    person.staffNo,
    card(
      texts.title,
      verdict === 'return' ? 'warn' : 'good',
      said,
      words([said, ...lines].join('\n')),
      verdict === 'return' ? buttons(button(texts.open(after).slice(0, 20), '补训', argsOf(after), 'primary')) : null,
    ),
    { key: `make-up:${course.id}:${makeUp.no}:${person.staffNo}:${after.version}`, purpose: 'decision' },
  );
  const done = { accept: texts.acceptedFor, return: texts.returnedFor, waive: texts.waivedFor }[verdict];
  return showDesk(context, done(after, person.name, course));
}
