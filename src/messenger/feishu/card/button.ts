import { feishuCardTexts as texts } from '../../../texts/feishu-card.ts';
import type { Block, Button } from '../../reply.ts';
import { type Element, plainText } from './element.ts';
import { plain } from './markdown.ts';

const types = { primary: 'primary_filled', default: 'default', danger: 'danger' } as const;

/** A button; `value` is what comes back when it is tapped. */
export const buttonElement = (button: Button, value: object): Element => ({
  tag: 'button',
  type: types[button.style],
  text: plainText(plain(button.label)),
  behaviors: [{ type: 'callback', value }],
  // Older clients do nothing at all when the title is missing.
  ...(button.confirm === undefined
    ? {}
    : { confirm: { title: plainText(texts.confirmTitle), text: plainText(plain(button.confirm)) } }),
});

type ButtonsBlock = Extract<Block, { type: 'buttons' }>;

/** More buttons than this are a wall: the plain ones among them become one choice. */
const mostButtons = 12;

/** Buttons side by side, in as many rows as the screen needs. */
export function buttonElements({ buttons }: ButtonsBlock): Element[] {
  if (buttons.length <= mostButtons) return [buttonRow(buttons)];
  const isPlain = ({ style, confirm }: Button): boolean => style === 'default' && confirm === undefined;
  const special = buttons.filter((button) => !isPlain(button));
  return [...menuOf(buttons.filter(isPlain)), ...(special.length === 0 ? [] : [buttonRow(special)])];
}

const buttonRow = (buttons: readonly Button[]): Element => ({
  tag: 'column_set',
  flex_mode: 'flow',
  horizontal_spacing: 'small',
  columns: buttons.map((button) => ({
    tag: 'column',
    width: 'auto',
    elements: [buttonElement(button, { press: button.press })],
  })),
});

const menuOf = (buttons: readonly Button[]): Element[] =>
  buttons.length === 0
    ? []
    : [
        {
          tag: 'select_static',
          width: 'fill',
          placeholder: plainText(texts.choose),
          options: buttons.map(({ label }, i) => ({ text: plainText(plain(label)), value: String(i) })),
          behaviors: [{ type: 'callback', value: { presses: buttons.map(({ press }) => press) } }],
        },
      ];
