import { setTimeout as wait } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { claims } from '../../src/bot/claims.ts';
import { collections } from '../../src/collections.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { addDays } from '../../src/domain/day.ts';
import { hourEntries, hourEvents } from '../../src/domain/hours.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { type SimulatorMessage, simulatorMessages } from '../../src/messenger/simulator/messages.ts';
import { listAll, type Reader } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { type BotFolder, type BotProcess, runCli } from './bot-process.ts';
import { college, people } from './college.ts';

/** A blow to a bot at work, or to what it stands on. @returns the bot that goes on, null when it is dead */
export type Blow = (bot: BotProcess) => Promise<BotProcess | null>;

/** People who log trainings without a pause, and a clerk who approves them: what they were told must stay true. */
export interface BusyCollege {
  /** Everybody speaks, the blow falls after a while, and the ledger is looked at. @returns what the blow returned */
  workThrough(bot: BotProcess, blow: Blow, afterMs: number): Promise<BotProcess | null>;
  /** One message more. @returns whether it was acknowledged */
  speak(bot: BotProcess): Promise<boolean>;
  /** Everything has been sent, nothing twice, and the ledger is sound. Stops the bot. */
  comeToRest(bot: BotProcess): Promise<void>;
  /** What was said and acknowledged, in words. */
  summary(): string;
}

export const untilAllIsSent = (bot: BotProcess): Promise<void> =>
  vi.waitFor(
    async () => {
      const { body } = await bot.get('/metrics');
      for (const state of ['queued', 'leased'])
        expect(body).toContain(`xueshibu_outbox_messages{state="${state}"} 0\n`);
    },
    { timeout: 60_000, interval: 100 },
  );

const speakers = college.filter(({ state }) => state === 'active');
const talkers = speakers.flatMap((cadre) => [cadre, cadre]);

const titleOf = (text: string): string | undefined => /《(.+)》/.exec(text)?.[1];

export function createBusyCollege(ledger: BotFolder): BusyCollege {
  /** Title → who said it. Every message of a person speaks of another training. */
  const said = new Map<string, Cadre>();
  const acknowledged = new Set<string>();
  /** 登记号 that the clerk has approved, as far as that was acknowledged. */
  const approved = new Set<number>();
  let waiting: number[] = [];

  /** A quarter of an hour on one of the last 390 days: nobody's days are ever full. */
  function nextTraining(cadre: Cadre): { title: string; text: string } {
    const n = said.size + 1;
    const title = `第${n}讲`;
    said.set(title, cadre);
    const day = addDays('2026-11-20', -(n % 390));
    return { title, text: `登记 0.25学时 知识培训 ${day} 《${title}》 确认` };
  }

  async function say(bot: BotProcess, cadre: Cadre): Promise<boolean> {
    const { title, text } = nextTraining(cadre);
    const isAcknowledged = await bot.says(cadre.staffNo, text);
    if (isAcknowledged) acknowledged.add(title);
    return isAcknowledged;
  }

  async function approve(bot: BotProcess): Promise<void> {
    for (const id of waiting.splice(0, 20)) {
      if (!(await bot.says(people.clerk.staffNo, `审核 ${id} 通过`))) return;
      approved.add(id);
    }
  }

  /** What was acknowledged is there once; what was not is there whole or not at all. */
  async function checkLedger(view: Reader): Promise<void> {
    const entries = await listAll(view, hourEntries);
    const events = await listAll(view, hourEvents);
    const known = new Map(entries.map((entry) => [entry.title, entry]));
    expect(known.size, 'applied twice').toBe(entries.length);
    expect(
      [...acknowledged].filter((title) => !known.has(title)),
      'acknowledged and lost',
    ).toEqual([]);
    const foreign = entries.filter(({ title, staffNo }) => said.get(title)?.staffNo !== staffNo);
    expect(foreign, 'written for somebody else').toEqual([]);
    const isApproved = new Set(entries.filter(({ state }) => state === 'approved').map(({ id }) => id));
    expect(
      [...approved].filter((id) => !isApproved.has(id)),
      'approvals lost',
    ).toEqual([]);
    expect(events.length, 'events without effect').toBe(entries.length + isApproved.size);
    await checkTraces(view, new Set(known.keys()));
    waiting = entries
      .filter(({ state, staffNo }) => state === 'submitted' && staffNo !== people.clerk.staffNo)
      .map(({ id }) => id);
  }

  async function checkTraces(view: Reader, titles: ReadonlySet<string>): Promise<void> {
    const messages = (await listAll(view, simulatorMessages)).filter(({ from }) => from !== null);
    for (const { id, text } of messages) {
      const title = titleOf(text);
      if (title === undefined) continue;
      const traces = {
        entry: titles.has(title),
        claim: (await view.get(claims, `simulator:${id}`)) !== undefined,
        answer: (await view.get(outbox, `answer:simulator:${id}`)) !== undefined,
      };
      expect([...new Set(Object.values(traces))], `${title} is half there: ${JSON.stringify(traces)}`).toHaveLength(1);
    }
  }

  function checkAnswers(messages: readonly SimulatorMessage[]): void {
    const keys = messages.flatMap(({ key }) => (key === null ? [] : [key]));
    expect(new Set(keys).size, 'said twice').toBe(keys.length);
    const unanswered = messages.filter(
      ({ from, id, text }) =>
        from !== null && acknowledged.has(titleOf(text) ?? '') && !keys.includes(`answer:simulator:${id}`),
    );
    expect(unanswered, 'not answered').toEqual([]);
  }

  return {
    workThrough: async (bot, blow, afterMs) => {
      let isOver = false;
      const talk = async (cadre: Cadre): Promise<void> => {
        while (!isOver && (await say(bot, cadre)));
      };
      const work = Promise.all([...talkers.map(talk), approve(bot)]);
      await wait(afterMs);
      const left = await blow(bot);
      isOver = true;
      await work;
      await ledger.look(async (store) => {
        await store.read(checkLedger);
        expect((await verifyStore(store, collections)).problems).toEqual([]);
      });
      return left;
    },
    speak: (bot) => say(bot, people.cadre),
    comeToRest: async (bot) => {
      await untilAllIsSent(bot);
      for (const { staffNo } of speakers) checkAnswers(await bot.history(`p:${staffNo}`));
      expect((await bot.stop()).code).toBe(0);
      const { code, stdout } = await runCli(['verify'], ledger.env);
      expect([code, stdout]).toEqual([0, expect.stringContaining('已核对')]);
    },
    summary: () => `${acknowledged.size} of ${said.size} messages and ${approved.size} approvals acknowledged`,
  };
}
