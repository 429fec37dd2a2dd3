import { cadres } from '../../domain/cadre.ts';
import { button, buttons, card, link, note, type Reply, table, text, words } from '../../messenger/reply.ts';
import { unreachedTexts as texts } from '../../texts/unreached.ts';
import type { Context } from '../context.ts';
import { readUnreached, type Unreached } from '../unreached.ts';

const mostRows = 20;

/** 干部 未绑定: who has no account, why, and what is to be done; `file`: as a workbook. */
export async function showUnbound(context: Context, file: boolean): Promise<Reply> {
  const { tx, messenger, today } = context;
  const people = (await readUnreached(tx, messenger, today)).filter(({ why }) => why !== 'refused');
  const all = await tx.count(cadres, { index: 'byState', equals: ['active'] });
  const summary = texts.unboundSummary(people.length, all);
  if (people.length === 0) return text(summary);
  if (file) {
    return {
      type: 'document',
      document: 'unbound',
      name: texts.fileName(today),
      caption: texts.fileCaption(people.length),
      args: { messenger, asOf: today },
    };
  }
  return card(
    texts.unboundTitle,
    'warn',
    summary,
    words(summary),
    table(
      texts.columns,
      people.slice(0, mostRows).map((one) => unboundRow(one, messenger)),
    ),
    people.length > mostRows ? note(texts.more(people.length - mostRows)) : null,
    buttons(
      button('干部', '干部'),
      ...(people.length > mostRows ? [link(texts.excel, '干部', { list: 'unbound', file: true })] : []),
    ),
    note(texts.searched),
  );
}

/** 工号, 姓名, 单位, why there is no account and what is to be done. */
export const unboundRow = ({ cadre, why, reason }: Unreached, messenger: string): string[] => [
  cadre.staffNo,
  cadre.name,
  cadre.unit,
  texts.why(why, reason, messenger),
  texts.remedy(why, reason) ?? '',
];
