import type { Role } from '../../domain/cadre.ts';
import { type Import, systemImporter } from '../../domain/import.ts';
import { enqueue } from '../../messenger/outbox.ts';
import { type Block, button, buttons, card, fields, note, type Reply, words } from '../../messenger/reply.ts';
import type { Transaction } from '../../store/store.ts';
import { importDesk as texts } from '../../texts/importing.ts';
import { countReport } from './plan.ts';
import type { ImportPreview } from './preview.ts';

/** Who imports and exports: 经办, 部长, 档案管理员. */
export const importers: readonly Role[] = ['clerk', 'department-head', 'archivist'];

/** Notes and faults that a card shows. */
const shownAtMost = 5;

/** What a file would change, with the buttons of the question `draft`; without one there is nothing to confirm. */
export function showPreview({ fileName, report }: ImportPreview & { ok: true }, draft: number | null): Reply {
  const { subject, notes, faults } = report;
  const counts = countReport(report);
  const { amount, rows, ...labels } = texts.fields;
  const summary = texts.preview(fileName, subject, counts);
  const rest = (all: number): number => Math.max(0, all - shownAtMost);
  return card(
    texts.previewTitle(subject, counts),
    faults.length > 0 ? 'warn' : 'info',
    summary,
    words(summary),
    fields(
      [labels.added, amount(counts.added, subject)],
      ...(subject === 'roster' ? [[labels.updated, amount(counts.updated, subject)] as const] : []),
      [labels.same, amount(counts.same, subject)],
      ...(counts.waiting > 0 ? [[labels.waiting, amount(counts.waiting, subject)] as const] : []),
      ...(counts.faulty > 0 ? [[labels.faulty, rows(counts.faulty)] as const] : []),
    ),
    listed(notes.slice(0, shownAtMost).map(texts.note), rest(notes.length) > 0 ? texts.more(rest(notes.length)) : null),
    listed(
      faults.slice(0, shownAtMost).map(texts.fault),
      faults.length > 0 ? texts.inFaultFile(rest(faults.length)) : null,
    ),
    draft === null
      ? null
      : buttons(button(texts.confirm, '确认', { draft }, 'primary'), button(texts.cancel, '取消', { draft })),
  );
}

const listed = (lines: readonly string[], rest: string | null): Block | null =>
  lines.length === 0 ? null : words([...lines, ...(rest === null ? [] : [rest])].join('\n'));

/** How far an import has come, or what came of it. */
export function showImport(row: Import): Reply {
  const { id, fileName, subject, counts, preview, state, undo, done, due } = row;
  const title = texts.resultTitle(row);
  if (state === 'failed') {
    const written = counts.added + counts.updated;
    const failed =
      undo === null
        ? texts.failed(id, fileName, subject, written, row.fault ?? null)
        : texts.undoFailed(id, fileName, subject, undo.undone);
    const again = written === 0 ? null : buttons(button(texts.undo, '撤销导入', { id }));
    return card(title, 'bad', failed, words(failed), again);
  }
  if (state === 'undone' && undo !== null) {
    const summary = texts.undone(id, fileName, subject, undo.undone, undo.reason);
    return card(title, 'good', summary, words(summary), ...describeLeft(undo.left));
  }
  if (state === 'done') {
    const summary = texts.result(id, fileName, subject, counts);
    const differs = JSON.stringify(counts) !== JSON.stringify(preview);
    return card(
      title,
      counts.faulty > 0 ? 'warn' : 'good',
      summary,
      words(summary),
      counts.waiting > 0 ? words(texts.waiting(counts.waiting)) : null,
      counts.faulty > 0 ? words(texts.correct) : null,
      differs ? words(texts.differs(subject, preview)) : null,
      note(texts.howToUndo(id)),
      buttons(button(texts.undo, '撤销导入', { id })),
    );
  }
  const summary = undo === null ? texts.started(id, fileName) : texts.undoStarted(id);
  return card(
    title,
    'info',
    summary,
    words(summary),
    due === 0
      ? null
      : { type: 'progress', label: texts.progressLabel, value: done, max: due, text: texts.progressText(done, due) },
    buttons(button(texts.progress, '导入', { id })),
  );
}

/** What an undoing leaves, by the reason why. */
export const describeLeft = (left: NonNullable<Import['undo']>['left']): Block[] =>
  (['own', 'decided', 'changed', 'roles'] as const).flatMap((why) => {
    const keys = left.filter((one) => one.why === why).map(({ key }) => key);
    return keys.length === 0 ? [] : [words(texts.left[why](texts.someOf(keys)))];
  });

/** Tells whoever confirmed or undid it, and whose import it was, what came of it: once for each time it was asked for. */
export async function tellOutcome(tx: Transaction, row: Import): Promise<void> {
  for (const staffNo of new Set([row.undo?.by ?? row.by, row.by])) {
    if (staffNo === systemImporter) continue;
    await enqueue(tx, {
      key: `import:${row.id}:${row.state}:${staffNo}${row.undo === null ? '' : `:${row.undo.at}`}`,
      messenger: row.messenger,
      to: { type: 'cadre', staffNo },
      purpose: 'notice',
      reply: showImport(row),
    });
  }
}
