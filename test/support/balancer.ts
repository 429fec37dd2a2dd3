import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several processes: each request to the next of those that are there. */
export interface Balancer {
  readonly url: string;
  /** The addresses of the processes. */
  readonly targets: Set<string>;
  close(): Promise<void>;
}

export async function openBalancer(): Promise<Balancer> {
  const targets = new Set<string>();
  let turn = 0;
  const server = createServer((incoming, answer) => {
    const all = [...targets];
    turn += 1;
    const target = all[turn % all.length];
    if (target === undefined) {
      answer.writeHead(502).end();
      return;
    }
    const { method = 'GET', headers, url = '/' } = incoming;
    const passed = request(`${target}${url}`, { method, headers, agent: false }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
      reply.on('error', () => answer.destroy());
    });
    passed.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
