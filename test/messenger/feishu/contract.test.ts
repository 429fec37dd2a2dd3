import type { TapAnswer } from '../../../src/messenger/messenger.ts';
import { type MessengerHarness, messengerContract } from '../../contracts/messenger.ts';
import { openFeishuBot, wordsOf } from '../../support/feishu-bot.ts';
import type { Said } from '../../support/feishu-server/saying.ts';

const mention = '@学时簿';
const tones = { info: 'info', success: 'good', error: 'bad' } as const;

for (const transport of ['websocket', 'webhook'] as const) {
  messengerContract(`feishu over ${transport}`, async (): Promise<MessengerHarness> => {
    const { server, messenger, home, close } = await openFeishuBot({ transport });
    const person = server.addPerson({ name: '王芳', userId: 'E0011' });
    const group = server.addChat({ name: '中层干部学习群', members: [person.openId] });

    /** The platform gives events to a line that has pinged. */
    const listening = (): Promise<void> =>
      transport === 'websocket' ? server.longConnection.connected(1) : Promise.resolve();
    const acknowledged = ({ delivery }: Said): void => {
      if (delivery !== null && !delivery.acknowledged) throw new Error('not acknowledged');
    };
    return {
      messenger,
      blobs: home.store.blobs,
      person: { id: person.openId, userId: person.userId },
      mention,
      group: group.chatId,
      unknownChat: 'oc_elsewhere',
      says: async (text, where) => {
        await listening();
        const isNamed = text.startsWith(mention);
        const words = isNamed ? text.slice(mention.length).trim() : text;
        const to = where === 'group' ? { chat: group.chatId, mention: isNamed } : {};
        acknowledged(await server.says(person.openId, words, to));
      },
      sendsFile: async (name, bytes) => {
        await listening();
        acknowledged(await server.sendsFile(person.openId, { name, bytes }));
      },
      taps: async (messageId, press, form): Promise<TapAnswer | null> => {
        await listening();
        const fields = Object.fromEntries(
          Object.entries(form).map(([name, value]) => [
            name,
            { name, type: Array.isArray(value) ? 'choices' : 'text' },
          ]),
        );
        const { error, toast } = await server.taps(person.openId, messageId, { press, fields }, { formValue: form });
        if (error !== null) throw new Error(`the client shows ${error}`);
        if (toast === null) return null;
        return { toast: { tone: tones[toast.type as keyof typeof tones], text: toast.content }, card: null };
      },
      shown: async (to) => {
        const sent = to.type === 'person' ? server.sentTo(to.id) : server.sentIn(to.id);
        return sent.map((message) => ({
          messageId: message.messageId,
          text: server.fileOf(message)?.name ?? wordsOf(message.shown),
        }));
      },
      close,
    };
  });
}
