import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { sayDigest } from '../src/bot/digest.ts';
import {
  findAbout,
  narrowedArgs,
  type OverdueWords,
  overdueWordsSchema,
  readOverdueWords,
} from '../src/bot/overdue-words.ts';
import { factsOfAll, isSent, listOverdue, planUrges, sendUrges, type Urge } from '../src/bot/urging.ts';
import { type Cadre, cadres } from '../src/domain/cadre.ts';
import type { Day } from '../src/domain/day.ts';
import { nextDigestDay } from '../src/domain/digest.ts';
import type { OverdueItem } from '../src/domain/overdue.ts';
import {
  type Button,
  button,
  buttons,
  card,
  note,
  plainText,
  type Reply,
  table,
  text,
  words,
} from '../src/messenger/reply.ts';
import { overdueTexts } from '../src/texts/overdue.ts';
import { urgingTexts as texts, type Way } from '../src/texts/urging.ts';

const mostRows = 20;
const mostLeft = 10;

const argsSchema = overdueWordsSchema.extend({
  /** 工号: whom the preview is for, then whom it has shown. */
  whom: z.array(z.string().max(32)).max(20_000).optional(),
  /** 工号: whose telephone the preview has said it would ring. */
  ring: z.array(z.string().max(32)).max(20_000).default([]),
  urgent: z.boolean().default(false),
  confirmed: z.boolean().default(false),
});

/** 催办 (三.6 督促提交体会, 提醒学习进度): the department reminds by hand, after it has seen who gets what. */
export const urge = defineCommand({
  name: '催办',
  aliases: ['催一下', '提醒他们', '催'],
  summary: '催办逾期事项，先预览谁会收到什么',
  who: ['clerk', 'department-head'],
  args: argsSchema,
  examples: ['催办', '催办 体会', '催办 教务处', '催办 王芳', '催办 体会 超过7天'],
  read: (said, { today }) => understood(readOverdueWords(said, today)),
  run: async (context, { whom, ring, urgent, confirmed, ...asked }) => {
    if (asked.kind === 'approval') return text(texts.notForApprovals);
    const { tx, today, policies } = context;
    const about = asked.about === undefined ? {} : await findAbout(context, asked.about);
    if (about === null) return text(texts.unknown(asked.about ?? ''));
    if ((about.people?.length ?? 0) > 1 && whom === undefined) {
      const found = await Promise.all((about.people ?? []).map((staffNo) => tx.get(cadres, staffNo)));
      return showChoice(
        asked,
        found.filter((one) => one !== undefined),
      );
    }
    const { items } = await listOverdue(tx, { asOf: today, policies }, { ...asked, ...about });
    const only = new Set(whom);
    const meant = whom === undefined ? items : items.filter(({ staffNo }) => only.has(staffNo));
    const urges = await planUrges(context, meant);
    return confirmed
      ? send(context, urges, whom ?? [], urgent ? new Set(ring) : null)
      : preview(context, urges, asked, topicOf(asked, about.people !== undefined, urges, today));
  },
});

/** Several people of one name: each by unit, or by 工号 where that tells nothing. */
function showChoice(asked: OverdueWords, people: readonly Cadre[]): Reply {
  const summary = texts.several(asked.about ?? '', people);
  return card(
    texts.chooseTitle,
    'info',
    summary,
    words(summary),
    buttons(
      ...people
        .slice(0, 8)
        .map(({ staffNo, unit }) =>
          button(`${staffNo} ${unit}`.slice(0, 20), '催办', { ...narrowedArgs(asked), about: staffNo }),
        ),
    ),
  );
}

/** What is chased, in words: one person by name and unit, whatever was written for them. */
function topicOf(asked: OverdueWords, isPerson: boolean, [first]: readonly Urge[], today: Day): string {
  const named = isPerson && first !== undefined ? { about: texts.person(first.cadre.name, first.cadre.unit) } : {};
  return overdueTexts.about({ ...asked, ...named }, today);
}

async function preview(context: Context, urges: readonly Urge[], asked: OverdueWords, topic: string): Promise<Reply> {
  const { today } = context;
  const sayItem = (item: OverdueItem): string =>
    `${overdueTexts.kindNames[item.kind]}：${overdueTexts.detail(item, today)}`;
  if (urges.length === 0) return text(texts.nothing(topic));
  const summary = texts.previewSummary(urges.filter(isSent).length, countItems(urges.filter(isSent)), topic);
  const list = table(
    texts.columns,
    urges
      .slice(0, mostRows)
      .map(({ cadre, items, left, way }) => [
        cadre.name,
        cadre.unit,
        texts.items(items.map(sayItem), left.map(sayItem)),
        texts.wayNames[way],
      ]),
  );
  const [first] = urges.filter(isSent);
  if (first === undefined) return card(texts.title, 'warn', texts.nobody, words(texts.nobody), list);
  // Who hears of it with a later message is not rung at: it goes out by itself, and nobody looks at it then.
  const ring = urges.filter(({ way }) => way === 'now').map(({ cadre }) => cadre.staffNo);
  const draft = await context.ask({
    command: '催办',
    args: { ...narrowedArgs(asked), whom: urges.map(({ cadre }) => cadre.staffNo), ring },
    asking: 'confirm',
  });
  const urgent: Button = {
    ...button(texts.urgent, '确认', { draft, urgent: true }, 'danger'),
    confirm: texts.urgentAsk(ring.length),
  };
  const sample = sayDigest(first.notices, await factsOfAll(context, first), today, first.notices.length);
  return card(
    texts.title,
    'info',
    summary,
    words(`${summary}\n${texts.ways(countWays(urges))}。`),
    list,
    urges.length > mostRows ? note(texts.more(urges.length - mostRows)) : null,
    urges.some((one) => isSent(one) && one.way !== 'now')
      ? note(texts.nextDigest(nextDigestDay(context.now, context.policies.calendar, context.policy), today))
      : null,
    words(texts.example(plainText(sample))),
    buttons(
      button(texts.confirm, '确认', { draft }, 'primary'),
      ...(ring.length === 0 ? [] : [urgent]),
      button(texts.cancel, '取消', { draft }),
    ),
    note(texts.hint),
  );
}

const countItems = (urges: readonly Urge[]): number => urges.reduce((sum, { notices }) => sum + notices.length, 0);

function countWays(urges: readonly Urge[]): [Way, number][] {
  const counts = new Map<Way, number>();
  for (const { way } of urges) counts.set(way, (counts.get(way) ?? 0) + 1);
  return (Object.keys(texts.wayNames) as Way[]).flatMap((way) => {
    const count = counts.get(way) ?? 0;
    return count === 0 ? [] : [[way, count] as [Way, number]];
  });
}

/** After 确认: everything is looked at again, and only who was shown hears of it; `ring`: and to whom it is 加急. */
async function send(
  context: Context,
  urges: readonly Urge[],
  whom: readonly string[],
  ring: ReadonlySet<string> | null,
): Promise<Reply> {
  const shown = new Set(whom);
  const due = urges.filter(({ cadre }) => shown.has(cadre.staffNo));
  const told = await sendUrges(context, due, ring ?? undefined);
  const later = due.filter((one) => isSent(one) && !told.has(one.cadre.staffNo)).length;
  const left = due.filter((one) => !isSent(one));
  const gone = whom.filter((staffNo) => !due.some(({ cadre }) => cadre.staffNo === staffNo)).length;
  const rung = [...told].filter((staffNo) => ring?.has(staffNo) === true).length;
  const said = `${texts.done(told.size, later, left.length + gone)}${ring === null ? '' : texts.rung(rung)}`;
  const named = left.slice(0, mostLeft);
  const lines = [...new Set(named.map(({ way }) => way))].map((way) =>
    texts.leftLine(
      way,
      named.filter((one) => one.way === way).map(({ cadre }) => texts.person(cadre.name, cadre.unit)),
    ),
  );
  const more = left.length - named.length;
  return card(
    texts.doneTitle,
    'good',
    said,
    words(said),
    left.length === 0
      ? null
      : words([texts.leftTitle, ...lines, ...(more > 0 ? [texts.moreLeft(more)] : [])].join('\n')),
    gone === 0 ? null : note(texts.doneMeanwhile(gone)),
    buttons(button(overdueTexts.title, '逾期')),
  );
}
