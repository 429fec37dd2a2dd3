import { type Block, type Card, plainText, replySchema } from '../../src/messenger/reply.ts';
import { group } from './chat.ts';
import { faultsOnFeishu } from './feishu-faults.ts';
import type { Exhibit } from './gallery.ts';

/** Bytes of a file's name that every platform and disk takes. */
const longestName = 250;

/** A fault of the bot, what a program has let slip, and what no careful hand writes in Chinese. */
const slips =
  /没有办成|undefined|NaN|\[object|Infinity|\bnull\b|\$\{|。。|，，|，。|：。|、。|（）|“”|《》|【】|(?<!\|) {2}(?!\|)/;

/** A mobile, an e-mail address, the number of an identity card: none of them is ever said. */
const contact = /(?<![\da-f])1[3-9]\d{9}(?![\da-f])|[\w.+-]+@[\w-]+\.\w+|(?<![\da-f])\d{17}[\dX](?![\da-f])/;

/** What is wrong with what somebody was shown, in words. `names` and `contacts` are everybody’s in the college. */
export function faultsOf(
  { chat, reply }: Exhibit,
  { names, contacts }: { readonly names: readonly string[]; readonly contacts: readonly string[] },
): string[] {
  const faults: string[] = [];
  const said = plainText(reply);
  const parsed = replySchema.safeParse(reply);
  if (!parsed.success) faults.push(`no reply: ${parsed.error.message}`);
  const slip = slips.exec(said);
  if (slip !== null) faults.push(`“${slip[0]}” in “${said.slice(Math.max(0, slip.index - 20), slip.index + 20)}”`);
  if (said.trim() === '') faults.push('says nothing');
  const told = contact.exec(said)?.[0] ?? contacts.find((one) => said.includes(one));
  if (told !== undefined) faults.push(`${told} is said`);
  if (chat === group) {
    const person = names.find((name) => said.includes(name)) ?? /\b[A-Z]\d{4}\b/.exec(said)?.[0];
    if (person !== undefined) faults.push(`${person} in the group`);
  }
  if (reply.type === 'card') faults.push(...faultsOfCard(reply.card));
  if (reply.type === 'file' && (/[\\/:*?"<>|\s]/.test(reply.name) || bytes(reply.name) > longestName)) {
    faults.push(`file name ${reply.name}`);
  }
  return [...faults, ...faultsOnFeishu(reply)];
}

function faultsOfCard(card: Card): string[] {
  const faults = card.blocks.flatMap(faultsOfBlock);
  if (card.title.trim() === '' || card.summary.trim() === '') faults.push('no title or no summary');
  if (card.blocks.length === 0) faults.push('an empty card');
  return faults;
}

function faultsOfBlock(block: Block): string[] {
  switch (block.type) {
    case 'buttons':
      return block.buttons.flatMap(({ label }) => (label.trim() === '' ? ['a button without a label'] : []));
    case 'form': {
      const named = [
        block.submit,
        ...block.fields,
        ...block.fields.flatMap((f) => (f.type === 'choice' ? f.options : [])),
      ];
      return named.flatMap(({ label }) => (label.trim() === '' ? ['a field, choice or button without a label'] : []));
    }
    case 'table':
      return block.rows.flatMap((row) => (row.length === block.columns.length ? [] : [`a row of ${row.length} cells`]));
    case 'fields':
      return block.fields.flatMap(({ label, value }) => (label === '' || value === '' ? [`“${label}” is empty`] : []));
    case 'chart':
      return block.series.flatMap(({ values }) =>
        values.length === block.categories.length && values.every(Number.isFinite) ? [] : ['a series with gaps'],
      );
    case 'text':
    case 'note':
      return block.text.trim() === '' ? ['an empty text'] : [];
    case 'progress':
      return block.text === '' ? ['a bar without words'] : [];
    case 'divider':
      return [];
  }
}

const bytes = (text: string): number => new TextEncoder().encode(text).byteLength;
