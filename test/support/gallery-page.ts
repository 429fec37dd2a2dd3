import type { Reply } from '../../src/messenger/reply.ts';
import type { RunningBot } from '../../src/messenger/simulator/desk.ts';
import type { Exhibit, Gallery } from './gallery.ts';

/** One chat full of exhibits. */
export interface Room {
  readonly title: string;
  readonly chat: string;
  readonly messages: number;
}

/** As many as a chat loads at once. */
const largestRoom = 50;

/** Sends every exhibit that looks like no other to a running simulator, as many to a chat as it loads at once. */
export async function hangGallery({ simulator, store }: RunningBot, gallery: Gallery): Promise<Room[]> {
  const shown = labelled(unlike(gallery.exhibits));
  const rooms: Room[] = [];
  for (let from = 0; from < shown.length; from += largestRoom) {
    const part = shown.slice(from, from + largestRoom);
    const title = `${rooms.length + 1}`;
    const chat = `p:gallery-${title}`;
    for (const [i, reply] of part.entries()) {
      if (reply.type === 'file') {
        const bytes = await gallery.chat.store.blobs.get(reply.blob);
        if (bytes !== undefined) await store.blobs.put(bytes);
      }
      await simulator.send({ type: 'chat', id: chat }, reply, `${chat}:${i}`);
    }
    rooms.push({ title, chat, messages: part.length });
  }
  return rooms;
}

/** Replies that look alike are shown once: what a button would press does not show. */
export function unlike(exhibits: readonly Exhibit[]): Exhibit[] {
  const looks = new Map<string, Exhibit>();
  for (const exhibit of exhibits) {
    const look = JSON.stringify(exhibit.reply, (name, value: unknown) => (name === 'press' ? undefined : value));
    if (!looks.has(look)) looks.set(look, exhibit);
  }
  return [...looks.values()];
}

/** With what was done before, said once. */
function labelled(exhibits: readonly Exhibit[]): Reply[] {
  let last = '';
  return exhibits.flatMap(({ script, who, done, reply }): Reply[] => {
    const label = `${script} ▶ ${who}：${done.slice(0, 80)}`;
    const isSaid = label === last;
    last = label;
    return isSaid ? [reply] : [{ type: 'text', text: label }, reply];
  });
}
