import { connect, type Socket } from 'node:net';
import { encryptedPost, eventOf } from './feishu-events.ts';
import { carry, type Load, type Party } from './load.ts';

/**
 * A platform that knocks at a webhook: encrypted and signed messages, made beforehand, over as many connections as are
 * at once, each of which waits for its answer. Anything but 200 is the end of the bench.
 */
export async function openKnocker({ port, path }: { readonly port: number; readonly path: string }): Promise<Party> {
  let sent = 0;
  return {
    round: async (load: Load) => {
      const requests = Array.from({ length: load.messages }, () => {
        sent += 1;
        return encryptedPost(path, eventOf(sent));
      });
      const doors = await Promise.all(Array.from({ length: load.atOnce }, () => openDoor(port)));
      const took: number[] = [];
      const perSecond = await carry(load, async () => {
        const door = doors.pop();
        const request = requests.pop();
        if (door === undefined || request === undefined) throw new Error('more lanes than connections');
        const start = performance.now();
        await door.knock(request);
        took.push(performance.now() - start);
        doors.push(door);
      });
      for (const door of doors) door.close();
      took.sort((a, b) => a - b);
      const at = (share: number): number => took[Math.floor(took.length * share)] ?? Number.NaN;
      return { perSecond, p50: at(0.5), p99: at(0.99) };
    },
    close: () => Promise.resolve(),
  };
}

/** A kept connection, spoken to in bytes: the client is to cost next to nothing beside what it measures. */
async function openDoor(port: number): Promise<{ knock(request: Buffer): Promise<void>; close(): void }> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let seen = '';
  let answered: { resolve: () => void; reject: (error: Error) => void } | null = null;
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    seen += chunk;
    const head = seen.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /content-length: (\d+)/i.exec(seen)?.[1];
    if (length === undefined) answered?.reject(new Error(`an answer without a length: ${seen}`));
    else if (seen.length >= head + 4 + Number(length)) {
      const answer = seen;
      seen = '';
      if (answer.startsWith('HTTP/1.1 200 ')) answered?.resolve();
      else answered?.reject(new Error(answer));
    }
  });
  socket.on('close', () => answered?.reject(new Error('the connection was closed')));
  return {
    knock: (request) =>
      new Promise((resolve, reject) => {
        answered = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      answered = null;
      socket.destroy();
    },
  };
}
