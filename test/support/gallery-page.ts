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

/** Sends every exhibit that differs from the others to a running simulator, one chat or more for each script. */
export async function hangGallery(
  { simulator, store }: RunningBot,
  { exhibits, chat: source }: Gallery,
): Promise<Room[]> {
  const rooms: Room[] = [];
  for (const [title, shown] of byScript(exhibits)) {
    for (let from = 0; from < shown.length; from += largestRoom / 2) {
      const part = shown.slice(from, from + largestRoom / 2);
      const person = `${title}${from === 0 ? '' : `（${from / (largestRoom / 2) + 1}）`}`;
      const chat = `p:${person}`;
      let messages = 0;
      let before = '';
      for (const [i, { who, done, reply, chat: heard }] of part.entries()) {
        const label = `${who}：${done.slice(0, 80)}`;
        const key = `${chat}:${i}`;
        if (label !== before) {
          before = label;
          messages += 1;
          await simulator.send(
            { type: 'chat', id: chat },
            { type: 'text', text: `▶ ${label}（${heard}）` },
            `${key}:label`,
          );
        }
        if (reply.type === 'file') {
          const bytes = await source.store.blobs.get(reply.blob);
          if (bytes !== undefined) await store.blobs.put(bytes);
        }
        messages += 1;
        await simulator.send({ type: 'chat', id: chat }, reply, key);
      }
      rooms.push({ title: person, chat, messages });
    }
  }
  return rooms;
}

/** Replies that look alike are shown once: presses and versions do not show. */
function byScript(exhibits: readonly Exhibit[]): Map<string, Exhibit[]> {
  const rooms = new Map<string, Exhibit[]>();
  const seen = new Set<string>();
  for (const exhibit of exhibits) {
    const look = JSON.stringify(exhibit.reply, (name, value: unknown) => (name === 'press' ? undefined : value));
    if (seen.has(look)) continue;
    seen.add(look);
    const room = rooms.get(exhibit.script) ?? [];
    rooms.set(exhibit.script, room);
    room.push(exhibit);
  }
  return rooms;
}
