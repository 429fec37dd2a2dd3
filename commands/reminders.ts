import { z } from 'zod';
import { defineCommand, mayUse, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { deciders } from '../src/bot/review/desk.ts';
import { chasesOf, isHeard } from '../src/bot/telling.ts';
import { monthOf } from '../src/domain/day.ts';
import { type Hearing, hearings, isSnoozed, type Snooze, snoozes, snoozeUntil } from '../src/domain/hearing.ts';
import { isOwing, makeUps } from '../src/domain/make-up.ts';
import { type Notice, notices, ownSubjects } from '../src/domain/notice.ts';
import { isOwed, reflections } from '../src/domain/reflection.ts';
import { type Block, button, buttons, card, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll, type Reader } from '../src/store/store.ts';
import { reminderTexts as texts } from '../src/texts/reminders.ts';

/** 提醒: one's own reminders: what comes next, putting it off, and silence on a subject. */
export const reminders = defineCommand({
  name: '提醒',
  aliases: ['提醒设置', '我的提醒', '免打扰', '稍后提醒', '稍后'],
  summary: '查看自己的提醒，稍后再提醒，关闭某类提醒',
  who: 'cadre',
  args: z.object({
    snooze: z.enum([...snoozes, 'off']).optional(),
    mute: z.enum(ownSubjects).optional(),
    unmute: z.enum(ownSubjects).optional(),
  }),
  examples: ['提醒', '提醒 稍后 三天', '提醒 关 学时进度', '提醒 开 学时进度'],
  read: (said) => {
    const bare = said.replace(/[\s，,。]/g, '');
    if (bare === '') return understood({});
    const [, verb, rest = ''] = /^(稍后|晚点|推迟|关闭?|不要|免|开启?|打开|恢复)(.*)$/.exec(bare) ?? [
      undefined,
      undefined,
      bare,
    ];
    const snooze = snoozeIn(rest);
    if ((verb === undefined || /稍后|晚点|推迟/.test(verb)) && snooze !== null) return understood({ snooze });
    if (/稍后|晚点|推迟/.test(verb ?? '') && rest === '') return understood({});
    const subject = ownSubjects.find((one) => texts.subjectWords[one].test(rest));
    if (subject === undefined || verb === undefined) return misunderstood(text(texts.notUnderstood(said)));
    return understood(/^(?:开|打|恢)/.test(verb) ? { unmute: subject } : { mute: subject });
  },
  run: async (context, { snooze, mute, unmute }) => {
    const { tx, me, now, today, policies } = context;
    const before = (await tx.get(hearings, me.staffNo)) ?? blank(me.staffNo, now);
    const save = (change: Partial<Hearing>): Promise<void> =>
      tx.put(hearings, { ...before, ...change, updatedAt: now });
    if (snooze !== undefined) {
      if (snooze === 'off') {
        await save({ snoozedUntil: null });
        return show(context, texts.unsnoozed);
      }
      const due = await deadlinesOf(tx, me.staffNo);
      const wished = snoozeUntil(snooze, today, policies.calendar);
      const until = snoozeUntil(
        snooze,
        today,
        policies.calendar,
        due.map(({ dueOn }) => dueOn),
      );
      await save({ snoozedUntil: until });
      const pressing = due.filter(({ dueOn }) => dueOn >= today && dueOn < wished).map(({ subject }) => subject);
      const isShorter = until < wished;
      return show(
        context,
        isShorter ? texts.snoozedByDeadline([...new Set(pressing)], until, today) : texts.snoozed(until, today),
      );
    }
    if (mute !== undefined) {
      await save({ muted: [...new Set([...before.muted, mute])] });
      return show(context, texts.mutedDone(mute));
    }
    if (unmute !== undefined) {
      await save({ muted: before.muted.filter((subject) => subject !== unmute) });
      return show(context, texts.unmutedDone(unmute));
    }
    return show(context);
  },
});

/** What somebody owes by a day: 体会 and 补训. */
async function deadlinesOf(view: Reader, staffNo: string) {
  const [texts, missed] = await Promise.all([
    listAll(view, reflections, { index: 'byPerson', equals: [staffNo] }),
    listAll(view, makeUps, { index: 'byPerson', equals: [staffNo] }),
  ]);
  return [
    ...texts.filter(isOwed).map(({ dueOn }) => ({ subject: 'reflection' as const, dueOn })),
    ...missed.filter(isOwing).map(({ dueOn }) => ({ subject: 'make-up' as const, dueOn })),
  ];
}

function snoozeIn(words: string): Snooze | 'off' | null {
  if (/^(?:明天|明日|一天)/.test(words)) return 'tomorrow';
  if (/^(?:三天|3天|几天|过几天)/.test(words)) return 'three-days';
  if (/^(?:下周|周一|下星期)/.test(words)) return 'monday';
  return /^(?:取消|不用|照常)/.test(words) ? 'off' : null;
}

const blank = (staffNo: string, now: string): Hearing => ({ staffNo, muted: [], snoozedUntil: null, updatedAt: now });

async function show(context: Context, done?: string): Promise<Reply> {
  const { tx, me, now, today, policy } = context;
  const hearing = await tx.get(hearings, me.staffNo);
  const muted = hearing?.muted ?? [];
  const snoozed = isSnoozed(hearing, today) ? (hearing?.snoozedUntil ?? null) : null;
  const count = (await chasesOf(tx, me.staffNo, monthOf(today), now)).length;
  const summary = texts.summary(count, policy.chasing.perMonth, done === undefined ? snoozed : null, today);
  const planned: Notice[] = [];
  for (const notice of await listAll(tx, notices, { index: 'byPerson', equals: [me.staffNo, 'planned'] })) {
    if (await isHeard(tx, notice, me, hearing, context)) planned.push(notice);
  }
  const subjects = [...new Set(planned.map(({ subject }) => texts.subjectNames[subject]))];
  // Only who has a desk hears of what waits there.
  const own = ownSubjects.filter((subject) => subject !== 'approvals' || mayUse(deciders, me));
  const blocks: (Block | null)[] = [
    words([...(done === undefined ? [] : [done]), summary].join('\n')),
    words(subjects.length === 0 ? texts.nonePlanned : texts.planned(subjects)),
    words(texts.later),
    buttons(
      ...snoozes.map((one) => button(texts.snoozeNames[one], '提醒', { snooze: one })),
      ...(snoozed === null ? [] : [button(texts.noSnooze, '提醒', { snooze: 'off' })]),
    ),
    words(`${texts.fewer}\n${texts.muted(muted.map((subject) => texts.subjectNames[subject]))}`),
    buttons(
      ...own.map((subject) =>
        muted.includes(subject)
          ? button(texts.unmuteButton(subject), '提醒', { unmute: subject })
          : button(texts.muteButton(subject), '提醒', { mute: subject }),
      ),
    ),
    note(texts.hint),
  ];
  return card(texts.title, done === undefined ? 'plain' : 'good', done ?? summary, ...blocks);
}
