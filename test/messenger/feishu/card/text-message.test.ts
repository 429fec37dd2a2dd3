import { describe, expect, it } from 'vitest';
import { renderReply } from '../../../../src/messenger/feishu/card/render.ts';
import { longestText } from '../../../../src/messenger/feishu/card/text-message.ts';
import { text } from '../../../../src/messenger/reply.ts';

const send = (words: string): string[] => {
  const reply = text(words);
  if (reply.type !== 'text') throw new Error('a text is a text');
  return renderReply(reply).map(({ msgType, content }) => {
    expect(msgType).toBe('text');
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(longestText);
    return JSON.parse(content).text;
  });
};

describe('a text as Feishu’s messages', () => {
  it('is one message, without our marks', () => {
    expect(send('已登记 **3** 学时。\n登记号 8237')).toEqual(['已登记 3 学时。\n登记号 8237']);
  });

  it.each([
    ['mentions nobody', '<at user_id="all">所有人</at>', '<\u200bat user_id="all">所有人<\u200b/at>'],
    ['links nowhere', '[请点](https://a.cn)', '[请点]\u200b(https://a.cn)'],
    ['has no style', '<b>重要</b>', '<\u200bb>重要<\u200b/b>'],
    ['keeps what is no markup', '3 < 5，[注]（见下）', '3 < 5，[注]（见下）'],
  ])('%s by what somebody wrote in it', (_, words, sent) => {
    expect(send(words)).toEqual([sent]);
  });

  it('is cut at the ends of lines into messages that the platform takes, and nothing of it is lost', () => {
    const lines = Array.from({ length: 9000 }, (_, i) => `${i} 王芳 “专题党课” 3 学时`);
    const sent = send(lines.join('\n'));
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.join('\n').split('\n')).toEqual(lines);
  });

  it.each([0, 1])('takes exactly as much as one message holds, and %i bytes more in the next', (more) => {
    const frame = Buffer.byteLength(JSON.stringify({ text: '' }));
    expect(send('a'.repeat(longestText - frame + more))).toHaveLength(1 + more);
  });
});
