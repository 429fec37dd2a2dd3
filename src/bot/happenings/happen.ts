import type { Happening } from '../../messenger/messenger.ts';
import { claim } from '../claims.ts';
import type { HappeningContext } from '../context.ts';
import { dropWhatComesFrom } from '../dialogs.ts';
import { recognise } from '../recognise.ts';
import { proposeLeaving, proposeUnit } from './directory.ts';
import { greet } from './greet.ts';
import { enterGroup, leaveGroup } from './groups.ts';
import { takeLearned } from './learned.ts';

/** Draws the consequences of what nobody has said: who came, which group the bot is in, what was taken back. */
export async function happen(context: HappeningContext, { what, at, id }: Happening): Promise<void> {
  const { tx, messenger, now } = context;
  switch (what.type) {
    case 'entered':
      return greet(context, what.sender);
    case 'joined':
      await recognise(tx, messenger, what.by);
      return enterGroup(context, what.chat, at);
    case 'removed':
      return leaveGroup(context, what.chat, { at, id });
    case 'recalled':
      // What was taken back before it came in does not count when it comes.
      await claim(tx, { messenger, id: what.messageId }, now);
      return dropWhatComesFrom(tx, messenger, what.messageId, now);
    case 'person-changed':
      return proposeUnit(context, what.person, at);
    case 'person-left':
      return proposeLeaving(context, what.person, at);
    case 'learned':
      return takeLearned(context, what);
  }
}
