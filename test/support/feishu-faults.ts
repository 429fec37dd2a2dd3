import { isDeepStrictEqual } from 'node:util';
import { budget, fits, weigh } from '../../src/messenger/feishu/card/element.ts';
import { pressOf } from '../../src/messenger/feishu/card/press.ts';
import { renderCard, renderReply } from '../../src/messenger/feishu/card/render.ts';
import type { Card, FormField, Reply } from '../../src/messenger/reply.ts';
import { type Filling, picked, touchesOf, written } from './feishu-client.ts';
import { checkCard } from './feishu-server/card-check.ts';

/** What goes wrong with a reply on Feishu, sent or in the answer to a tap; in words. */
export function faultsOnFeishu(reply: Reply): string[] {
  const inPlace: unknown = JSON.parse(JSON.stringify(renderCard(reply)));
  const faults = faultsOfRendered(inPlace);
  if (reply.type === 'file' || reply.type === 'document') return faults;
  const sent = renderReply(reply);
  if (reply.type === 'text') return faults;
  const cards = sent.map(({ content }): unknown => JSON.parse(content));
  faults.push(...cards.flatMap(faultsOfRendered));
  if (summaryOf(cards[0]) !== reply.card.summary.replaceAll('**', '')) faults.push('another summary');
  if (cards.length === 1 && !isDeepStrictEqual(cards[0], inPlace)) faults.push('another card in place than sent');
  for (const filling of ['untouched', 'changed'] as const) {
    const felt = cards.flatMap((one) => touchesOf(one, filling)).map(({ label, action }) => [label, pressOf(action)]);
    const meant = pressesOf(reply.card, filling);
    if (!isDeepStrictEqual(sorted(felt), sorted(meant))) {
      faults.push(`${filling}: ${JSON.stringify(felt)} instead of ${JSON.stringify(meant)}`);
    }
  }
  return faults;
}

function faultsOfRendered(card: unknown): string[] {
  const refused = checkCard(card).map(({ sub, message }) => `${sub} ${message}`);
  const weight = weigh(card as object);
  return fits(weight) ? refused : [...refused, `over our budget: ${JSON.stringify({ weight, budget })}`];
}

const summaryOf = (card: unknown): unknown =>
  (card as { config: { summary: { content: string } } }).config.summary.content;

/** A long menu stands in another order than its buttons. */
const sorted = (presses: readonly unknown[]): string[] => presses.map((one) => JSON.stringify(one)).sort();

/** What every messenger makes of taps on a card: the press as it is, and the fields as the simulator's page sends them. */
const pressesOf = ({ blocks }: Card, filling: Filling): unknown[] =>
  blocks.flatMap((block): unknown[] => {
    if (block.type === 'buttons') return block.buttons.map(({ label, press }) => [label, { press, form: {} }]);
    if (block.type !== 'form' || block.fields.some(isLongerThanAnyInput)) return [];
    const form = Object.fromEntries(block.fields.flatMap((field) => filledIn(field, filling)));
    return [[block.submit.label, { press: block.submit.press, form }]];
  });

const isLongerThanAnyInput = (field: FormField): boolean => field.type === 'text' && (field.minLength ?? 0) > 800;

function filledIn(field: FormField, filling: Filling): [string, unknown][] {
  const changed = filling === 'changed';
  if (field.type === 'text') return [[field.name, changed ? written : (field.value ?? '')]];
  if (field.type === 'day') {
    const day = changed ? picked : field.value;
    return day === undefined || day === '' ? [] : [[field.name, day]];
  }
  const values = field.options.map(({ value }) => value);
  const chosen = (field.value ?? '').split(',').filter((value) => values.includes(value));
  if (field.many) return [[field.name, changed ? values.slice(-2) : values.filter((value) => chosen.includes(value))]];
  const [value] = changed ? values.slice(-1) : chosen;
  return value === undefined ? [] : [[field.name, value]];
}
