import type { Cadre } from '../../domain/cadre.ts';
import { hourEntries, isDropped } from '../../domain/hours.ts';
import { button, buttons, card, note, type Reply, words } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { entryStateNames, showHours, showSpan } from '../../texts/glossary.ts';
import { rosterTexts as texts } from '../../texts/roster.ts';
import type { Context } from '../context.ts';

const pageSize = 10;

/** What a person has logged, for the department: newest first. */
export async function showRecords({ tx, today }: Context, cadre: Cadre, page: number): Promise<Reply> {
  const { staffNo } = cadre;
  const all = await listAll(tx, hourEntries, { index: 'byPerson', equals: [staffNo], order: 'desc' });
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const shown = Math.min(page, pages);
  const listed = all.slice((shown - 1) * pageSize, shown * pageSize);
  const turn = (label: string, to: number) => button(label, '干部', { who: staffNo, records: true, page: to });
  const summary = texts.recordsSummary(cadre, all.length);
  return card(
    texts.personTitle(cadre),
    'plain',
    summary,
    words(summary),
    all.length === 0
      ? null
      : {
          type: 'table',
          columns: texts.recordColumns.map((label) => ({ label, align: label === '学时' ? 'right' : 'left' })),
          rows: listed.map(({ id, from, to, title, hours, state }) => [
            String(id),
            showSpan(from, to, today),
            title,
            showHours(hours),
            entryStateNames[state],
          ]),
          faded: listed.flatMap((entry, i) => (isDropped(entry) ? [i] : [])),
        },
    buttons(
      ...(shown > 1 ? [turn(texts.earlier, shown - 1)] : []),
      ...(shown < pages ? [turn(texts.later, shown + 1)] : []),
      button(texts.back, '干部', { who: staffNo }),
    ),
    all.length === 0 ? null : note(texts.recordHint(shown, pages)),
  );
}
