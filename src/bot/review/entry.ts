import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import { similarTitles } from '../../domain/overlap.ts';
import { button, buttons, type Card, card, fields, type Reply, text, words } from '../../messenger/reply.ts';
import { entryStateNames } from '../../texts/glossary.ts';
import { factRows, recordTexts } from '../../texts/hours.ts';
import { reviewTexts as texts } from '../../texts/review.ts';
import type { Context } from '../context.ts';
import { readHistory } from '../history.ts';
import { type Case, openCases } from './desk.ts';
import { decisionButtons } from './queue.ts';

const mostSimilar = 3;

/** One entry with everything a reviewer wants to know; what has been `done` stands in front of it. */
export async function showEntry(
  context: Context,
  id: number,
  done?: { readonly said: string; readonly tone: Card['tone'] },
): Promise<Reply> {
  const { tx, today } = context;
  const entry = await tx.get(hourEntries, id);
  const [one] = entry === undefined ? [] : await openCases(context, [entry]);
  if (entry === undefined || one === undefined) return text(texts.notFound(id));
  const { cadre, conflicts } = one;
  const summary = `${done?.said ?? ''}${texts.detailSummary(entry, cadre.name)}`;
  const similar = similarEarlier(one);
  return card(
    texts.detailTitle(id),
    done?.tone ?? (conflicts.length > 0 && entry.state === 'submitted' ? 'warn' : 'info'),
    summary,
    done === undefined ? null : words(done.said),
    fields(
      [texts.personLabel, texts.person(cadre.name, cadre.unit, cadre.position, cadre.grade)],
      ...factRows(entry, today),
      [texts.stateLabel, entryStateNames[entry.state]],
    ),
    ...(entry.state === 'submitted' ? conflicts.map((conflict) => words(texts.conflict(conflict, today))) : []),
    similar.length === 0
      ? null
      : words([texts.similarTitle, ...similar.map((other) => texts.similar(other, today))].join('\n')),
    words([recordTexts.historyTitle, ...(await readHistory(tx, id))].join('\n')),
    buttons(...decisionButtons(context, one, 1), ...voidButtons(context, entry), button(texts.buttons.back, '审核')),
  );
}

/** The person's approved trainings of the same content and a similar title, latest first. */
const similarEarlier = ({ entry, others }: Case): HourEntry[] =>
  others
    .filter(
      ({ id, state, content, from }) =>
        id !== entry.id && state === 'approved' && content === entry.content && from <= entry.from,
    )
    .filter(({ title }) => similarTitles(title, entry.title))
    .reverse()
    .slice(0, mostSimilar);

const voidButtons = ({ me }: Context, { id, version, state, staffNo }: HourEntry) =>
  state === 'approved' && me.roles.includes('archivist') && staffNo !== me.staffNo
    ? [button(texts.buttons.void, '审核', { entries: [id], versions: [version], verdict: 'void' }, 'danger')]
    : [];
