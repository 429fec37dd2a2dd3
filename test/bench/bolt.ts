import { App, LogLevel, type Receiver } from '@slack/bolt';
import { commands } from '../../commands/index.ts';
import { addDays } from '../../src/domain/day.ts';
import { carry, type Party, warmUp } from './load.ts';
import { now, staffNoOf, today } from './people.ts';

export interface BoltOptions {
  /** `one`: nothing but 登记; `all`: a listener for each of the bot's commands, of which one matches. */
  readonly commands: 'one' | 'all';
  /** `memory`: kept in place of the web client; `client`: through Bolt's own web client, up to where the network begins. */
  readonly reply: 'memory' | 'client';
}

const pattern = /^登记 (\d+)学时 (理论教育|党性教育|专业化能力|知识培训) (\d{4}-\d{2}-\d{2}) 《(.+)》 确认$/;

/**
 * Bolt doing the least that can be called the same: a message that comes in is matched by regular expressions, its
 * record is pushed onto an array and one reply is kept. No claim against double delivery, no roster, no look at other
 * trainings, no schema, no queue, no audit record, no file. Nothing touches the network.
 */
export async function openBolt({ commands: known, reply }: BoltOptions): Promise<Party> {
  const records: object[] = [];
  const replies: unknown[] = [];
  let deliver: App['processEvent'] = () => Promise.reject(new Error('not started'));
  const receiver: Receiver = {
    init: (app) => {
      deliver = (event) => app.processEvent(event);
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const app = new App({
    receiver,
    logLevel: LogLevel.ERROR,
    authorize: () =>
      Promise.resolve({
        botId: 'B1',
        botUserId: 'U0',
        teamId: 'T1',
        ...(reply === 'client' && { botToken: 'xoxb-1' }),
      }),
    clientOptions: {
      fetch: (_, init) => {
        replies.push(init?.body);
        return Promise.resolve(new Response('{"ok":true}', { headers: { 'content-type': 'application/json' } }));
      },
    },
  });
  // Without a token Bolt hands out `app.client` itself.
  if (reply === 'memory') {
    app.client.chat.postMessage = (message) => {
      replies.push(message);
      return Promise.resolve({ ok: true });
    };
  }
  app.message(pattern, async ({ context, message, say }) => {
    const [, hours, content, day, title] = context['matches'] as string[];
    const staffNo = 'user' in message ? message.user : '';
    records.push({
      id: records.length + 1,
      staffNo,
      hours: Number(hours) * 100,
      content,
      from: day,
      to: day,
      title,
      at: now,
    });
    await say(`已登记：${content} ${hours} 学时，${day}，《${title}》。登记号 ${records.length}。`);
  });
  for (const { name } of known === 'all' ? commands.filter((command) => command.name !== '登记') : []) {
    app.message(new RegExp(`^${name}(?:\\s|$)`), ({ say }) => say(name).then(() => undefined));
  }

  let sent = 0;
  const sendNext = (): Promise<void> => {
    const person = staffNoOf(sent % 1000);
    const round = Math.floor(sent / 1000);
    sent += 1;
    const event = {
      type: 'message',
      channel: `D${person}`,
      channel_type: 'im',
      user: person,
      text: `登记 3学时 党性教育 ${addDays(today, -2 * round)} 《专题党课第${round + 1}讲》 确认`,
      ts: `${sent}.000100`,
    };
    const body = {
      type: 'event_callback',
      team_id: 'T1',
      api_app_id: 'A1',
      event_id: `Ev${sent}`,
      event_time: sent,
      event,
    };
    return deliver({ body, ack: () => Promise.resolve() });
  };
  await carry(warmUp, sendNext);
  return {
    round: async (load) => {
      const perSecond = await carry(load, sendNext);
      if (records.length !== sent || replies.length !== sent) throw new Error('Bolt lost a message');
      return { perSecond };
    },
    close: () => Promise.resolve(),
  };
}
