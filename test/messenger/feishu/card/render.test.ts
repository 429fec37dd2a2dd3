import { describe, expect, it } from 'vitest';
import { button, buttons, fields, link, note, text, words } from '../../../../src/messenger/reply.ts';
import { cardInPlace, readCard, sentCards, shown } from '../../../support/feishu-cards.ts';

describe('a card for Feishu', () => {
  it.each([
    ['plain', 'default'],
    ['info', 'blue'],
    ['good', 'green'],
    ['warn', 'orange'],
    ['bad', 'red'],
  ] as const)('has a head whose colour tells %s', (tone, template) => {
    expect(sentCards([words('好')], { tone })[0]?.header).toEqual({
      title: { tag: 'plain_text', content: '登记' },
      template,
    });
  });

  it('is one for everybody who sees it, with the summary of the reply as its notification and no mark in it', () => {
    expect(sentCards([words('好')], { summary: '本周期已认定 **3** 学时，待审核 0.5 学时' })[0]).toMatchObject({
      schema: '2.0',
      config: { update_multi: true, summary: { content: '本周期已认定 3 学时，待审核 0.5 学时' } },
    });
  });

  it('is the same JSON of version 2.0 in the answer to a tap', () => {
    const blocks = [words('**好**'), buttons(button('确认', '确认', { draft: 1 }))];
    const card = { title: '登记', tone: 'good', summary: '好', blocks } as const;
    expect(cardInPlace({ type: 'card', card: { ...card, blocks: [...blocks] } })).toEqual(sentCards(blocks, card)[0]);
  });

  it('says its summary when its blocks show nothing', () => {
    expect(shown(words(' '), note(''))).toEqual([{ tag: 'markdown', content: '已登记 3 学时' }]);
  });

  it('is made of a text, too, when it takes the place of a card', () => {
    const card = cardInPlace(text('已取消，没有作任何**改动**。\n请放心。'));
    expect(card).toMatchObject({ schema: '2.0', config: { summary: { content: '已取消，没有作任何改动。' } } });
    expect(card.header).toBeUndefined();
    expect(readCard(card)).toBe('已取消，没有作任何改动。\n请放心。');
  });

  it('is made of the words for a file when it takes the place of a card', () => {
    const file = { type: 'file', name: '台账.xlsx', blob: 'b', mime: 'm', caption: '学时台账' } as const;
    expect(readCard(cardInPlace(file))).toBe('学时台账（文件：台账.xlsx）');
  });
});

describe('the blocks of a card', () => {
  it('are a text with its bold, and a note small and grey', () => {
    expect(shown(words('已认定 **3** 学时\n- 一'), note('写错了？*'))).toEqual([
      { tag: 'markdown', content: '已认定 **3** 学时<br>&#45; 一' },
      { tag: 'div', text: { tag: 'plain_text', content: '写错了？*', text_size: 'notation', text_color: 'grey' } },
    ]);
  });

  it('are fields one below the other, their values beginning in one column', () => {
    expect(
      shown(fields(['内容', '党性教育'], ['培训名称', '《专题党课》'], ['2026 年专业化能力培训', '1 次'])),
    ).toEqual([
      {
        tag: 'markdown',
        content: [
          "<font color='grey'>内容</font>　　　党性教育",
          "<font color='grey'>培训名称</font>　《专题党课》",
          "<font color='grey'>2026 年专业化能力培训</font>　1 次",
        ].join('<br>'),
      },
    ]);
  });

  it.each([
    ['nothing yet', 0, undefined, '', '░░░░░░░░░░░░░░░░'],
    ['a little, which is seen', 1, undefined, '█', '░░░░░░░░░░░░░░░'],
    ['half, behind its mark', 275, 440, '████████', '░░░░░┃░░'],
    ['more than enough', 900, 440, '█████████████┃██', ''],
  ])('are a bar of signs: %s', (_, value, mark, full, empty) => {
    const bar = { type: 'progress', label: '五年', value, max: 550, text: `${value} / 550 学时` } as const;
    const [shownBar] = shown(mark === undefined ? bar : { ...bar, mark });
    const drawn = [full && `<font color='blue'>${full}</font>`, empty && `<font color='grey'>${empty}</font>`];
    expect(shownBar?.content).toBe(`<font color='grey'>五年</font>　${value} / 550 学时<br>${drawn.join('')}`);
  });

  it('are a bar that warns where there is more than there may be', () => {
    const bar = { type: 'progress', label: '请假累计', value: 3, max: 12, mark: 2, text: '超过上限' } as const;
    const [over] = shown({ ...bar, over: true });
    expect(over?.content).toContain("<font color='orange'>███┃</font>");
  });

  it('are a chart with its description as data, no higher than a screen', () => {
    const chart = { type: 'chart', kind: 'bar', title: '学时', unit: '学时', categories: ['甲', '乙'] } as const;
    const [small] = shown({ ...chart, categories: ['甲', '乙'], series: [{ name: '本月', values: [1, 2] }] });
    expect(small).toMatchObject({ tag: 'chart', height: '240px', chart_spec: { type: 'bar' } });
    const many = Array.from({ length: 40 }, (_, i) => `单位${i}`);
    const [high] = shown({ ...chart, categories: many, series: [{ name: '本月', values: many.map(() => 1) }] });
    expect(high).toMatchObject({ height: '480px' });
  });

  it('are buttons beside each other that carry their press, and ask first where they should', () => {
    const withdraw = { ...button('撤回', '撤回', { entry: 7 }, 'danger'), confirm: '撤回登记号 7？' };
    const [row] = shown(buttons(button('确认', '确认', { draft: 1 }, 'primary'), withdraw), { type: 'divider' });
    expect(row).toMatchObject({ tag: 'column_set', flex_mode: 'flow' });
    expect(row?.columns?.flatMap(({ elements }) => elements)).toEqual([
      {
        tag: 'button',
        type: 'primary_filled',
        text: { tag: 'plain_text', content: '确认' },
        behaviors: [{ type: 'callback', value: { press: { command: '确认', args: { draft: 1 } } } }],
      },
      {
        tag: 'button',
        type: 'danger',
        text: { tag: 'plain_text', content: '撤回' },
        behaviors: [{ type: 'callback', value: { press: { command: '撤回', args: { entry: 7 } } } }],
        confirm: {
          title: { tag: 'plain_text', content: '请确认' },
          text: { tag: 'plain_text', content: '撤回登记号 7？' },
        },
      },
    ]);
  });

  it.each([
    [12, ['column_set']],
    [13, ['select_static', 'column_set']],
  ])('are %i plain buttons and an important one without a wall of them', (count, tags) => {
    const plain = Array.from({ length: count - 1 }, (_, i) => link(`项目${i}`, '通报', { view: i }));
    const list = shown(buttons(...plain, button('发布', '通报', {}, 'primary')));
    expect(list.map(({ tag }) => tag)).toEqual(tags);
  });
});
