import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budget, weigh } from '../../../../src/messenger/feishu/card/element.ts';
import { type Block, button, buttons, fields, note, words } from '../../../../src/messenger/reply.ts';
import { cardInPlace, readCard, replyOf, type ShownCard, sentCards } from '../../../support/feishu-cards.ts';
import { faultsOnFeishu } from '../../../support/feishu-faults.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const tableOf = (rows: string[][]): Block => ({
  type: 'table',
  columns: ['姓名', '单位', '学时'].map((label, i) => ({ label, align: i === 2 ? 'right' : 'left' })),
  rows,
});
const people = (count: number): Block => tableOf(numbers(count).map((i) => [`干部${i}`, '教育科学学院', String(i)]));
const confirm = buttons(button('确认', '确认', { draft: 1 }, 'primary'), button('取消', '取消', { draft: 1 }));
const tagsOf = (card: ShownCard): string[] => card.body.elements.map(({ tag }) => tag);
/** Lines that are read, but not the titles. */
const linesOf = (cards: readonly ShownCard[]): string[] => cards.flatMap((card) => readCard(card).split('\n'));

describe('a reply that is too much for one card', () => {
  /** Texts of which so many fill a card to its last element: a head and the texts. */
  const most = budget.tags - 1;

  it.each([
    [most, [most]],
    [most + 1, [most, 1]],
    [2 * most + 1, [most, most, 1]],
  ])('has %i elements in cards of %j', (count, sizes) => {
    const cards = sentCards(numbers(count).map((i) => words(`第 ${i} 条`)));
    expect(cards.map(({ body }) => body.elements.length)).toEqual(sizes);
    expect(linesOf(cards)).toEqual(numbers(count).map((i) => `第 ${i} 条`));
  });

  it.each([
    [3, 1],
    [4, 2],
    [7, 3],
  ])('has %i tables in %i cards', (count, cards) => {
    expect(sentCards(numbers(count).map(() => people(2)))).toHaveLength(cards);
  });

  it('has its bytes in cards that are filled, but never over', () => {
    const text = numbers(3000)
      .map((i) => `${i} 王芳《专题党课》`)
      .join('\n');
    const cards = sentCards([words(text)]);
    const bytes = cards.map((card) => weigh(card).bytes);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(budget.bytes);
    expect(Math.min(...bytes.slice(0, -1))).toBeGreaterThan(budget.bytes * 0.95);
    expect(linesOf(cards).join('\n')).toBe(text);
  });

  it('counts its cards in their titles, and the first one carries the summary', () => {
    const cards = sentCards([people(800)], { title: '全部名单', summary: '共 800 人。' });
    expect(cards.length).toBeGreaterThan(1);
    expect(cards.map(({ header }) => header?.title.content)).toEqual(
      cards.map((_, i) => `全部名单（${i + 1}/${cards.length}）`),
    );
    expect(cards.map(({ config }) => config.summary.content)).toEqual([
      '共 800 人。',
      ...cards.slice(1).map((_, i) => `全部名单（${i + 2}/${cards.length}）`),
    ]);
  });

  it('divides a table by its rows, with its columns on every card', () => {
    const cards = sentCards([people(800)]);
    const tables = cards.map(({ body }) => body.elements[0]);
    expect(tables.map((one) => one?.columns?.length)).toEqual(cards.map(() => 3));
    expect(linesOf(cards)).toEqual(numbers(800).map((i) => `干部${i} 教育科学学院 ${i}`));
  });

  it('has its buttons on the card of the last rows that they are about', () => {
    const cards = sentCards([words('请核对'), people(800), confirm, note('回复“确认”提交。')]);
    expect(cards.slice(0, -1).flatMap(tagsOf)).not.toContain('column_set');
    expect(cards.at(-1) && tagsOf(cards.at(-1) as ShownCard)).toEqual(['table', 'column_set', 'div']);
  });

  it('moves what fits on one card to the next rather than tear it from its buttons', () => {
    const entry = [words('x'.repeat(4000)), fields(['登记号', '8237']), confirm];
    const cards = sentCards([...entry, ...entry, ...entry, ...entry, ...entry, ...entry, ...entry]);
    for (const card of cards)
      expect(tagsOf(card).join().replaceAll('markdown,markdown,column_set', '')).toMatch(/^,*$/);
  });

  it('has no line at the edge of a card, which would divide nothing', () => {
    const entry: Block[] = [words('x'.repeat(4000)), confirm, { type: 'divider' }];
    const cards = sentCards([...entry, ...entry, ...entry, ...entry, ...entry, ...entry, ...entry]);
    expect(cards.length).toBeGreaterThan(1);
    for (const card of cards) expect(tagsOf(card).join()).not.toMatch(/^hr|hr$/);
  });

  it('goes on in bold where a bold text is cut through', () => {
    const cards = sentCards([words(`**${'重要'.repeat(9000)}**`)]);
    for (const { body } of cards) expect(body.elements[0]?.content).toMatch(/^\*\*[重要]+\*\*$/);
  });

  it('says in words what is too long for any card of its own', () => {
    const giant = tableOf([['干部', '说明'.repeat(9000), '3']]);
    expect(linesOf(sentCards([giant])).join('')).toContain('说明'.repeat(9000));
  });
});

describe('a card that must stay one', () => {
  it('is whole when it fits', () => {
    const blocks = [words('请核对'), people(100), confirm];
    expect(cardInPlace(replyOf(blocks))).toEqual(sentCards(blocks)[0]);
  });

  it('loses the end of its long table, keeps its buttons, and says how to see all', () => {
    const card = cardInPlace(replyOf([words('请核对'), people(800), confirm]));
    expect(tagsOf(card)).toEqual(['markdown', 'table', 'column_set', 'div']);
    expect(readCard(card)).toMatch(
      /^请核对\n干部0 [\s\S]*【确认】\n【取消】\n内容较多，这张卡片只显示了一部分。请把命令/,
    );
    expect(weigh(card).bytes).toBeGreaterThan(budget.bytes * 0.6);
  });

  it('names the button that brings everything as a file', () => {
    const card = cardInPlace(replyOf([people(800), buttons(button('Excel 名单', '逾期', { file: true }))]));
    expect(readCard(card)).toMatch(/点“Excel 名单”可得到全部内容。$/);
  });

  it('loses whole entries with their buttons, but neither its beginning nor its end', () => {
    const entries = numbers(60).flatMap((i) => [
      words(`第 ${i} 条`),
      buttons(button('通过', '审核', { entry: i }), button('退回', '审核', { back: i })),
    ]);
    const card = cardInPlace(replyOf([...entries, words('以上'), confirm]));
    const seen = readCard(card);
    expect(seen).toMatch(/^第 0 条\n【通过】/);
    expect(seen).toMatch(/以上\n【确认】\n【取消】\n内容较多[^\n]*$/);
    expect(seen.match(/第 \d+ 条\n【通过】\n【退回】/g)).toHaveLength((seen.match(/【通过】/g) ?? []).length);
  });

  it('is cut to its first page when a text alone is too much', () => {
    const card = cardInPlace({ type: 'text', text: '学'.repeat(20_000) });
    expect(weigh(card).bytes).toBeLessThanOrEqual(budget.bytes);
    expect(readCard(card)).toMatch(/^学+\n内容较多/);
  });
});

const short = fc.string({ minLength: 1, maxLength: 30 });
const long = fc.tuple(short, fc.integer({ min: 1, max: 900 })).map(([piece, count]) => piece.repeat(count));
const press = fc.record({ command: fc.constant('登记'), args: fc.record({ entry: fc.nat() }) });
const someButton = fc.record({
  label: fc.string({ minLength: 1, maxLength: 20 }),
  style: fc.constantFrom('primary' as const, 'default' as const, 'danger' as const),
  press,
});
const someBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.oneof(short, long).map(words),
  fc.oneof(short, long).map(note),
  fc.array(fc.tuple(short, fc.oneof(short, long)), { minLength: 1, maxLength: 30 }).map((rows) => fields(...rows)),
  fc
    .tuple(
      fc.array(fc.constantFrom('left' as const, 'right' as const), { minLength: 1, maxLength: 60 }),
      fc.nat(300),
      short,
    )
    .map(
      ([aligns, rows, cell]): Block => ({
        type: 'table',
        columns: aligns.map((align, i) => ({ label: `列${i}`, align })),
        rows: numbers(rows).map((i) => aligns.map(() => `${cell}${i}`)),
      }),
    ),
  fc.array(someButton, { minLength: 1, maxLength: 40 }).map((list) => buttons(...list)),
  fc.constant<Block>({ type: 'divider' }),
  fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 300 }).map(
    (options): Block => ({
      type: 'form',
      name: 'form',
      fields: [
        {
          type: 'choice',
          name: 'who',
          label: '人员',
          required: true,
          options: options.map((value) => ({ value, label: value })),
        },
      ],
      submit: button('核对', '登记'),
    }),
  ),
);

describe('any reply at all', () => {
  it('is taken by the platform, within our own budget, sent or in the place of another', () => {
    fc.assert(
      fc.property(fc.array(someBlock, { minLength: 1, maxLength: 12 }), (blocks) => {
        const faults = faultsOnFeishu(replyOf(blocks));
        // A choice of too many is cut, and then another one is its last.
        expect(faults.filter((fault) => !fault.startsWith('changed: ') && !fault.startsWith('untouched: '))).toEqual(
          [],
        );
      }),
      { numRuns: 40 },
    );
  });
});
