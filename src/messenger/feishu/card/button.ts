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

/** Buttons side by side, in as many rows as the screen needs. */
export const buttonRow = ({ buttons }: Extract<Block, { type: 'buttons' }>): Element => ({
  tag: 'column_set',
  flex_mode: 'flow',
  horizontal_spacing: 'small',
  columns: buttons.map((button) => ({
    tag: 'column',
    width: 'auto',
    elements: [buttonElement(button, { press: button.press })],
  })),
});
