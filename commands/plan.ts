import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { setDropped } from '../src/bot/plan/change.ts';
import { addFile, addToPlan } from '../src/bot/plan/draft.ts';
import { readFile, readPlanBytes } from '../src/bot/plan/file.ts';
import { readAhead } from '../src/bot/plan/read.ts';
import { sendBackPlan } from '../src/bot/plan/send-back.ts';
import { showGap, showPlan } from '../src/bot/plan/show.ts';
import { approvePlan } from '../src/bot/plan/submit.ts';
import { deciders, mayDecide } from '../src/bot/review/desk.ts';
import { forecast, mostPlanned } from '../src/domain/annual-plan.ts';
import { yearOf } from '../src/domain/day.ts';
import { hourEntries } from '../src/domain/hours.ts';
import { fiveYearProgress } from '../src/domain/progress.ts';
import { buttons, card, link, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { planTexts as texts } from '../src/texts/plan.ts';

const argsSchema = z.object({
  year: z.number().int().min(2000).max(2099).optional(),
  /** One's own arrangement is asked for by somebody who keeps the plan. */
  mine: z.boolean().default(false),
  /** Lines to add; a workbook may hold a whole year's. */
  add: z
    .string()
    .max(mostPlanned * 1000)
    .optional(),
  /** 编号 to drop, or to bring back. */
  drop: z.number().int().optional(),
  restore: z.number().int().optional(),
  gap: z.boolean().default(false),
  approve: z.boolean().default(false),
  sendBack: z.boolean().default(false),
  /** The plan as the card has shown it that is approved. */
  seen: z.string().max(60).optional(),
  reason: z.string().max(300).default(''),
  draft: z.number().int().optional(),
  confirmed: z.boolean().default(false),
});

/** 计划 (三.4 年度干部教育培训计划): where the plan leads oneself; the department keeps and approves the year's plan. */
export const plan = defineCommand({
  name: '计划',
  aliases: ['年度计划', '培训计划', '我的计划'],
  summary: '查看本人的培训安排和五年学时预测',
  roleSummaries: [{ who: deciders, summary: '编制、审定年度培训计划，核对理论和党性教育比重' }],
  who: 'cadre',
  longest: 10_000,
  readWorkbook: readPlanBytes,
  readsTable: 'plan',
  args: argsSchema,
  examples: ['计划'],
  roleExamples: {
    who: deciders,
    lines: [
      '计划 2027',
      '计划 2027 加 《党性教育专题班》 3月 党性教育 12学时 专业化能力 4学时 全体正职',
      '计划 2027 去掉 1001',
      '计划 2027 报审',
      '计划 2027 审定',
      '计划 2027 退回 增加专业化能力培训',
      '计划 我的',
    ],
  },
  read: (said, { today, dialog }) => {
    if (dialog?.asking === 'reason') return understood({ ...dialog.args, reason: said.trim().slice(0, 300) });
    const [whole = '', number, word = ''] = /^(?:(20\d\d)\s*年?度?|([去今明])年)(?:的?计划)?\s*/.exec(said) ?? [];
    const relative = { 去: -1, 今: 0, 明: 1 }[word];
    const named = number !== undefined ? Number(number) : relative === undefined ? null : yearOf(today) + relative;
    const year = named === null ? {} : { year: named };
    const rest = said.slice(whole.length).trim();
    if (rest === '') return understood(year);
    if (/^(我的|本人|自己)$/.test(rest)) return understood({ mine: true });
    if (/^名单|^专业化/.test(rest)) return understood({ ...year, gap: true });
    if (/^(?:报审|送审|上报|提交|报(?:请)?部长)(?:审定)?$/.test(rest)) return understood({ ...year, approve: true });
    const [, reason = ''] = /^审定[\s，,]*(?:理由|原因)?[\s:：]*([\s\S]*)$/.exec(rest) ?? [];
    if (rest.startsWith('审定')) return understood({ ...year, approve: true, reason: reason.trim() });
    const [, change] = /^退回(?:修改)?[\s，,]*(?:理由|原因)?[\s:：]*([\s\S]*)$/.exec(rest) ?? [];
    if (change !== undefined) return understood({ ...year, sendBack: true, reason: change.trim().slice(0, 300) });
    const [, verb = '', id = ''] = /^(去掉|删除|删去|取消|恢复)[\s:：]*(\d{1,9})$/.exec(rest) ?? [];
    if (verb !== '') return understood({ ...year, [verb === '恢复' ? 'restore' : 'drop']: Number(id) });
    const [, lines] = /^(?:加上?|新增|增加|添加)[\s:：]*([\s\S]+)$/.exec(rest) ?? [];
    if (lines !== undefined) return understood({ ...year, add: lines });
    return misunderstood(text(texts.unread(rest)));
  },
  run: async (context, args) => {
    const isDesk = mayDecide(context);
    const changes = args.add !== undefined || args.drop !== undefined || args.restore !== undefined;
    if (!isDesk && (changes || args.gap || args.approve || args.sendBack)) return text(texts.deskOnly);
    if (!isDesk || args.mine) return showOwn(context);
    const thisYear = yearOf(context.today);
    const file = readFile(context, args.year, thisYear);
    if (file !== null) return 'fault' in file ? text(file.fault) : addFile(context, file);
    const year = args.year ?? thisYear;
    if (args.add !== undefined) return addToPlan(context, year, args.add, args.confirmed);
    if (args.drop !== undefined) return setDropped(context, args.drop, true, args.year);
    if (args.restore !== undefined) return setDropped(context, args.restore, false, args.year);
    if (args.gap) return showGap(context, year);
    if (args.sendBack) return sendBackPlan(context, year, args.reason);
    if (args.approve) return approvePlan(context, year, args.reason, args.seen);
    return showPlan(context, year);
  },
});

/** One's own arrangement: what comes, when the quota is reached, and what would close a gap. */
async function showOwn({ tx, me, policy, today }: Context): Promise<Reply> {
  const [entries, { mine, others }] = await Promise.all([
    listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo] }),
    readAhead(tx, me, policy.cycle, today),
  ]);
  const progress = fiveYearProgress(me, entries, policy, today);
  const ahead = forecast(progress, today, mine, others);
  const summary = progress.counted ? texts.ownSummary(ahead) : texts.notCounted;
  const coming = mine.filter(({ on }) => on >= today).sort((a, b) => (a.on < b.on ? -1 : 1));
  const lines = coming.map((one) => {
    const line = texts.comingLine(one, today);
    return progress.counted && one.on > policy.cycle.to ? texts.afterCycle(line) : line;
  });
  const { reachedOn, closing } = ahead;
  return card(
    texts.ownTitle(me.name),
    progress.counted && reachedOn === null ? 'warn' : 'good',
    summary,
    words(summary),
    lines.length > 0
      ? words([texts.coming, ...lines].join('\n'))
      : progress.counted && !progress.reached
        ? null
        : words(texts.nothing),
    closing.length === 0 || !progress.counted
      ? null
      : words([texts.closing, ...closing.map((one) => texts.comingLine(one, today))].join('\n')),
    buttons(link('进度', '进度'), link('培训', '培训')),
  );
}
