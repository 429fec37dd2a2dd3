import { type Cadre, cadres, type Role } from '../domain/cadre.ts';
import { acceptReflection, type Reflection, reflections, returnReflection } from '../domain/reflection.ts';
import { button, buttons, card, link, type Reply, text, words } from '../messenger/reply.ts';
import { reflectionTexts as texts } from '../texts/reflection.ts';
import { mayUse } from './command.ts';
import type { Context } from './context.ts';
import { reasonCard } from './reason-card.ts';
import { isReason } from './text/reason.ts';

/** Who reads reflections. */
export const readers: readonly Role[] = ['clerk', 'department-head'];
export const verdicts = ['list', 'read', 'accept', 'return'] as const;
type Verdict = (typeof verdicts)[number];

const pageSize = 5;

/** Shows the desk, the text of one reflection, or decides on it. */
export async function atTheDesk(
  context: Context,
  verdict: Verdict,
  id: number | undefined,
  { reason, shown }: { reason?: string | undefined; shown?: string | undefined },
): Promise<Reply> {
  if (!mayUse(readers, context.me)) return text(texts.deskOnly);
  await endQuestion(context);
  if (verdict === 'list' || id === undefined) return showDesk(context);
  const one = await context.tx.get(reflections, id);
  const author = one && (await context.tx.get(cadres, one.staffNo));
  if (one === undefined || author === undefined || one.blob === null) return text(texts.notHandedIn(id));
  if (verdict === 'read') {
    const { name } = author;
    return {
      type: 'file',
      name: texts.fileName(one, name),
      blob: one.blob,
      mime: 'text/plain; charset=utf-8',
      caption: texts.fileCaption(one, name),
    };
  }
  if (one.state !== 'handed-in') return text(texts.notHandedIn(id));
  if (shown !== undefined && shown !== draftOf(one)) {
    const isWritten = verdict === 'return' && reason !== undefined && isReason(reason);
    return isWritten ? askReason(context, one, reason, texts.newer(one)) : showDesk(context, texts.newer(one));
  }
  if (verdict === 'return' && (reason === undefined || !isReason(reason))) return askReason(context, one, reason);
  return decide(context, one, author, verdict === 'accept' ? null : (reason ?? ''));
}

/** Which of its texts a button was shown for: an author may hand in a better one until it is accepted. */
const draftOf = ({ blob }: Reflection): string => blob?.slice(0, 12) ?? '';
const actOn = (one: Reflection) => ({ entry: one.entryId, shown: draftOf(one) });

async function showDesk({ tx, today }: Context, done?: string): Promise<Reply> {
  const page = await tx.find(reflections, { index: 'byState', equals: ['handed-in'], limit: pageSize });
  const count = await tx.count(reflections, { index: 'byState', equals: ['handed-in'] });
  const none = done === undefined ? texts.deskEmpty : texts.deskNoMore;
  const summary = count === 0 ? none : texts.deskSummary(count);
  const blocks = [];
  for (const one of page.rows) {
    const author: Cadre | undefined = await tx.get(cadres, one.staffNo);
    blocks.push(
      words(texts.deskLine(one, author?.name ?? one.staffNo, author?.unit ?? '', today)),
      buttons(
        link(texts.read, '体会', { entry: one.entryId, verdict: 'read' }),
        button(texts.accept, '体会', { ...actOn(one), verdict: 'accept' }, 'primary'),
        button(texts.sendBack, '体会', { ...actOn(one), verdict: 'return' }),
      ),
    );
  }
  return card(
    texts.deskTitle,
    count === 0 ? 'good' : 'info',
    done === undefined ? summary : `${done}${summary}`,
    words(done === undefined ? summary : `${done}${summary}`),
    ...blocks,
  );
}

/** Asks for the reason, by form or by the next message; `said` was none, or one for a text that a `newer` one has replaced. */
async function askReason(context: Context, one: Reflection, said = '', newer?: string): Promise<Reply> {
  const args = { ...actOn(one), verdict: 'return' };
  await context.ask({ command: '体会', args, asking: 'reason' });
  return reasonCard({
    title: texts.sendBackTitle,
    summary: newer ?? texts.reasonNeeded(one.entryId),
    label: texts.reasonLabel,
    submit: button(texts.sendBack, '体会', args, 'danger'),
    said,
    fault: said === '' || newer !== undefined ? undefined : texts.noReason(said),
    hint: texts.reasonHint,
  });
}

/** The reason is given, or the reader has moved on. */
async function endQuestion(context: Context): Promise<void> {
  const open = await context.question();
  if (open?.command === '体会' && open.asking === 'reason') await context.closeQuestion();
}

/** Accepts, or sends back with a reason; the author is told at once. */
async function decide(context: Context, one: Reflection, author: Cadre, reason: string | null): Promise<Reply> {
  const { tx, me, now } = context;
  const result = reason === null ? acceptReflection(one, me.staffNo) : returnReflection(one, me.staffNo, reason);
  if (!result.ok) return text(result.reason === 'own-entry' ? texts.own : texts.notHandedIn(one.entryId));
  await tx.put(reflections, result.reflection);
  const said = reason === null ? texts.accepted(result.reflection) : texts.returned(result.reflection);
  await context.tell(
    author.staffNo,
    card(
      texts.title,
      reason === null ? 'good' : 'warn',
      said,
      words(said),
      reason === null ? null : buttons(button(texts.handIn(one.entryId), '体会', { entry: one.entryId }, 'primary')),
    ),
    { key: `reflection:${one.entryId}:${now}`, purpose: 'decision' },
  );
  const done = reason === null ? texts.acceptedFor : texts.returnedFor;
  return showDesk(context, done(result.reflection, author.name));
}
