import { expect, it } from 'vitest';
import { answerTap } from '../../src/bot/answer.ts';
import { card, done, type Reply, text } from '../../src/messenger/reply.ts';

async function answer(reply: Reply, keep: boolean) {
  const below: Reply[] = [];
  const { toast, card: shown } = await answerTap(reply, {
    keep,
    below: (message) => {
      below.push(message);
      return Promise.resolve();
    },
  });
  return { tone: toast.tone, text: toast.text, isShown: shown !== null, below: below.length };
}

const long = '很'.repeat(61);

it.each([
  ['words that say why nothing was done', text('没有报审'), false, 'bad', '没有报审', false, 0],
  ['words for a menu', text('没有报审'), true, 'info', '没有报审', false, 0],
  ['words that say that it is done, which stay', done('已结班'), false, 'good', '已结班', false, 1],
  ['the same for a menu', done('已通知'), true, 'good', '已通知', false, 1],
  ['long ones', done(long), false, 'good', `${'很'.repeat(59)}…`, false, 1],
  ['more words than a toast holds', text(long), false, 'info', '已在下方回复。', false, 1],
  ['the card as it is now', card('计划', 'good', '已审定'), false, 'good', '已审定', true, 0],
  ['a card for a menu', card('计划', 'good', '已审定'), true, 'info', '已在下方回复。', false, 1],
])('a button is answered by %s', async (_, reply, keep, tone, words, isShown, below) => {
  expect(await answer(reply, keep)).toEqual({ tone, text: words, isShown, below });
});
