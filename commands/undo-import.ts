import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import { describeLeft, importers, showImport } from '../src/bot/importing/cards.ts';
import { foresee } from '../src/bot/importing/undo.ts';
import type { Cadre } from '../src/domain/cadre.ts';
import { type Import, imports } from '../src/domain/import.ts';
import { button, buttons, card, text, words } from '../src/messenger/reply.ts';
import { importDesk as texts } from '../src/texts/importing.ts';

/** 撤销导入: a whole import is taken back, with a reason, by visible events; what was decided since stays. */
export const undoImport = defineCommand({
  name: '撤销导入',
  summary: '撤销一次导入',
  who: importers,
  args: z.object({
    id: z.number().int().optional(),
    reason: z.string().max(200).optional(),
    draft: z.number().int().optional(),
    confirmed: z.boolean().default(false),
  }),
  examples: ['撤销导入 1001 文件用错了'],
  read: (said) => {
    const [, id, reason = ''] = /^(\d{1,9})(?!\d)[\s:：,，]*(.*)$/s.exec(said) ?? [];
    if (id === undefined) return understood({});
    return understood({ id: Number(id), ...(reason === '' ? {} : { reason: reason.slice(0, 200) }) });
  },
  run: async (context, { id, reason, draft, confirmed }) => {
    const { tx, me, now } = context;
    if (id === undefined) return text(texts.whichOne);
    const row = await tx.get(imports, id);
    if (row === undefined) return text(texts.noSuch(id));
    if (!mayUndo(me, row)) return text(texts.notYours(id));
    if (row.state !== 'done' && row.state !== 'failed') return text(texts.notDone(id, texts.stateNames[row.state]));
    const isAsked = confirmed && draft !== undefined && (await context.question())?.id === draft;
    if (isAsked && reason !== undefined) {
      const who = { by: me.staffNo, at: now, reason };
      // An undoing that came to grief goes on where it was.
      const from =
        row.undo === null
          ? { done: 0, due: 0, undo: { ...who, undone: 0, left: [] } }
          : { undo: { ...row.undo, ...who } };
      const undoing: Import = { ...row, ...from, state: 'undoing', finishedAt: null };
      await tx.put(imports, undoing);
      return showImport(undoing);
    }
    const { undone, left } = await foresee(tx, row, me.staffNo);
    const summary = texts.foreseen(id, row.fileName, row.subject, undone, left.length);
    const said = [words(summary), ...describeLeft(left)];
    if (reason === undefined) {
      return card(texts.undoTitle, 'warn', summary, ...said, {
        type: 'form',
        name: 'undo',
        fields: [{ type: 'text', name: 'reason', label: texts.reasonLabel, required: true, maxLength: 200 }],
        submit: button(texts.goOn, '撤销导入', { id }, 'primary'),
      });
    }
    const asked = await context.ask({ command: '撤销导入', args: { id, reason }, asking: 'confirm' });
    return card(
      texts.undoTitle,
      'warn',
      summary,
      ...said,
      words(`${texts.reasonLabel}：${reason}`),
      buttons(
        button(texts.confirmUndo, '确认', { draft: asked }, 'danger'),
        button(texts.cancel, '取消', { draft: asked }),
      ),
    );
  },
});

const mayUndo = ({ staffNo, roles }: Cadre, row: Import): boolean =>
  row.by === staffNo || roles.includes('department-head') || roles.includes('archivist');
