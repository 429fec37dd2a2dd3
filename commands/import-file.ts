import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { sayEnded } from '../src/bot/ended.ts';
import { importers, showImport, showPreview } from '../src/bot/importing/cards.ts';
import { confirmImport } from '../src/bot/importing/confirm.ts';
import { countReport } from '../src/bot/importing/plan.ts';
import type { ImportPreview } from '../src/bot/importing/preview.ts';
import { importDraftSchema, imports } from '../src/domain/import.ts';
import { buttons, card, link, note, type Reply, table, text, words } from '../src/messenger/reply.ts';
import { botTexts } from '../src/texts/bot.ts';
import { dialogTexts } from '../src/texts/hours.ts';
import { importDesk as texts } from '../src/texts/importing.ts';

const shownImports = 8;

/** 导入 (三.6 培训档案): a workbook's rows go in after its sender has seen what they would change. */
export const importFile = defineCommand({
  name: '导入',
  aliases: ['导入台账', '导入名册', '上传台账', '上传名册'],
  summary: '发送 .xlsx 导入名册或台账，看最近的导入',
  who: importers,
  args: z.object({
    /** How far this one is. */
    id: z.number().int().optional(),
    draft: z.number().int().optional(),
    confirmed: z.boolean().default(false),
  }),
  examples: ['导入', '导入 1001'],
  takesWorkbook: true,
  read: (said) => {
    if (said === '') return understood({});
    return /^\d{4,9}$/.test(said) ? understood({ id: Number(said) }) : misunderstood(text(texts.howTo));
  },
  run: async (context, { id, draft, confirmed }) => {
    if (confirmed) return begin(context, draft);
    if (context.preview !== null) {
      const waiting = await waitingForFile(context);
      return sayAside(waiting, await preview(context, context.preview));
    }
    if (id === undefined) return showRecent(context);
    const row = await context.tx.get(imports, id);
    return row === undefined ? text(texts.noSuch(id)) : showImport(row);
  },
});

/** A file that came while another command was waiting for one of its own: what to do about that afterwards is said below. */
function sayAside(waiting: string | null, shown: Reply): Reply {
  if (waiting === null || shown.type !== 'card') return shown;
  return { ...shown, card: { ...shown.card, blocks: [...shown.card.blocks, note(texts.aside(waiting))] } };
}

async function waitingForFile(context: Context): Promise<string | null> {
  const open = await context.question();
  const asking = context.commands.find(({ name }) => name === open?.command);
  return asking === undefined || asking.readWorkbook === null ? null : asking.name;
}

async function preview(context: Context, seen: ImportPreview): Promise<Reply> {
  if (!seen.ok) return text(texts.refused(seen.fileName, seen.fault));
  const { fileName, blob, report } = seen;
  const counts = countReport(report);
  if (report.faults.length > 0) {
    const reply: Reply = {
      type: 'document',
      document: 'faulty-rows',
      name: texts.faultFile(fileName),
      caption: texts.faultCaption(counts.faulty),
      args: { blob, by: context.me.staffNo },
    };
    await context.tell(context.me.staffNo, reply, {
      key: `faulty-rows:${blob.slice(0, 16)}:${context.me.staffNo}:${context.now}`,
      purpose: 'answer',
    });
  }
  if (counts.added + counts.updated === 0) return showPreview(seen, null);
  const args = { fileName, blob, subject: report.subject, counts };
  return showPreview(seen, await context.ask({ command: '导入', args, asking: 'confirm' }));
}

/** What was confirmed is what the question holds; nothing is taken from the button. */
async function begin(context: Context, draft: number | undefined): Promise<Reply> {
  const { tx, me } = context;
  const dialog = await context.question();
  if (dialog === null || dialog.command !== '导入' || dialog.id !== draft) {
    return sayEnded(context, draft, dialogTexts.nothingToConfirm);
  }
  const asked = importDraftSchema.safeParse(dialog.args);
  if (!asked.success) return text(botTexts.cardGone);
  const who = { by: me.staffNo, messenger: context.messenger, assignsRoles: me.roles.includes('archivist') };
  return showImport(await confirmImport(tx, asked.data, who));
}

async function showRecent({ tx }: Context): Promise<Reply> {
  const { rows } = await tx.find(imports, { index: 'byTime', order: 'desc', limit: shownImports });
  const undoable = rows.filter(({ state }) => state === 'done' || state === 'failed').slice(0, 3);
  return card(
    texts.title,
    'info',
    texts.howTo,
    words(texts.howTo),
    rows.length === 0
      ? words(texts.none)
      : table(
          texts.columns,
          rows.map((row) => [String(row.id), row.fileName, texts.stateLine(row)]),
        ),
    undoable.length === 0
      ? null
      : buttons(...undoable.map(({ id }) => link(`${texts.undo} ${id}`, '撤销导入', { id }))),
  );
}
