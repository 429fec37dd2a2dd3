import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
}

/** What is answered: a status and a body; `never` leaves the caller waiting. */
export type WebhookAnswer = { readonly status: number; readonly body: string; readonly location?: string } | 'never';

export interface WebhookListener {
  readonly url: string;
  readonly posted: readonly Posted[];
  close(): Promise<void>;
}

/** An address to which events can be posted, answered as a test says. */
export async function listenForWebhook(
  answer: (posted: Posted, count: number) => WebhookAnswer | Promise<WebhookAnswer>,
) {
  const posted: Posted[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const post = { headers: request.headers, raw: Buffer.concat(chunks).toString('utf8') };
    posted.push(post);
    const said = await answer(post, posted.length);
    if (said === 'never') return;
    response.writeHead(said.status, said.location === undefined ? {} : { location: said.location });
    response.end(said.body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const listener: WebhookListener = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feishu/webhook`,
    posted,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return listener;
}
