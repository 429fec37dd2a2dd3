import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/server.ts';
import type { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { loadPolicy } from './policy/load.ts';
import { serveFeishu } from './serve-feishu.ts';
import { serveSimulator } from './serve-simulator.ts';
import { cliTexts } from './texts/cli.ts';

export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts everything in order: configuration, store, messenger, bot, jobs, web. @throws coded errors, before a port is opened */
export async function start(config: Config, log: ReturnType<typeof createLog>): Promise<Running> {
  const metrics = createMetrics(() => served.store());
  let ownUrl: string | null = null;
  const publicUrl = (): string | null => config.publicUrl ?? ownUrl;
  const parts = { config, log, metrics, policies: loadPolicy(config.policyDirectory), publicUrl };
  const served = await (config.feishu === null ? serveSimulator(parts) : serveFeishu(parts, config.feishu));
  const stopping = new AbortController();
  const app = createApp({
    health: () => {
      const reasons = served.unready();
      return { ready: reasons.length === 0, reasons };
    },
    metrics: () => metrics.text(),
    log,
    stopping: stopping.signal,
    ...served.web,
  });
  const server = await listen(app, config.host, config.port).catch(async (error: unknown) => {
    await served.stop();
    throw error;
  });
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${server.port}`;
  // Whoever tries the simulator sits at this machine; where Feishu's people are, nobody reaches it by this name.
  if (config.feishu === null) ownUrl = url;
  const welcome = config.feishu === null ? cliTexts.simulated : cliTexts.onFeishu(served.unready());
  process.stdout.write(`${cliTexts.listening(url)}\n${welcome}\n`);
  return {
    url,
    stop: async () => {
      stopping.abort();
      await server.close();
      await served.stop();
    },
  };
}
