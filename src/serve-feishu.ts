import { chats } from './bot/chats.ts';
import { checkInPage, createCheckInLook } from './bot/course/check-in-page.ts';
import { findCadre, type PlatformPerson } from './bot/people.ts';
import { useApp } from './bot/recognise.ts';
import { systemClock } from './clock.ts';
import { ConfigError } from './config.ts';
import { chatLink } from './messenger/feishu/chat-link.ts';
import { createFeishuMessenger } from './messenger/feishu/feishu.ts';
import type { FeishuSettings } from './messenger/feishu/settings.ts';
import { isSample } from './open-store.ts';
import { runBot } from './run-bot.ts';
import { type Served, type ServingParts, withOpenStore } from './served.ts';
import type { Store } from './store/store.ts';
import { configTexts } from './texts/config.ts';

/** The bot on Feishu. @throws ConfigError on the sample college; StoreError, PolicyError */
export const serveFeishu = (parts: ServingParts, settings: FeishuSettings): Promise<Served> =>
  withOpenStore(parts, async (store) => {
    const { config, log, metrics } = parts;
    if (await isSample(store)) {
      const { database, dataDirectory } = config;
      const said =
        database === null ? configTexts.sample(dataDirectory) : configTexts.sampleInDatabase(database.institution);
      throw new ConfigError([said]);
    }
    await useApp(store, 'feishu', settings.appId, systemClock.now());
    await rememberGroups(store, settings.bulletinChats);
    const tell = (state: string): void => metrics.connection('feishu', state === 'up');
    const onFailure = ({ code, fault }: { code: number | null; fault: string }): void =>
      metrics.platformError('feishu', code === null ? fault : String(code));
    const takesFilesFrom = (sender: PlatformPerson): Promise<boolean> =>
      store.read(async (view) => (await findCadre(view, 'feishu', sender))?.state === 'active');
    const own = { tell, onFailure, takesFilesFrom };
    const messenger = createFeishuMessenger({ settings, store, clock: systemClock, log, ...own });
    const bot = await runBot({ ...parts, store, clock: systemClock, messenger });
    return {
      store: () => store,
      unready: () => bot.unready(),
      web: {
        ...(messenger.webhook === null ? {} : { feishuWebhook: messenger.webhook }),
        checkIn: {
          look: createCheckInLook({ store: () => store, policies: parts.policies, clock: () => systemClock }),
          chatLink: chatLink(settings),
          pageOf: (token) => checkInPage(parts.publicUrl(), token),
        },
      },
      stop: () => bot.stop(),
    };
  });

/** Groups of the configuration that are not known yet receive the bulletin; of the others the clerk has decided. */
const rememberGroups = (store: Store, ids: readonly string[]): Promise<void> =>
  store.transaction(
    { actor: 'system', via: 'cli', what: 'FEISHU_BULLETIN_CHATS', ref: '', at: systemClock.now() },
    async (tx) => {
      for (const id of ids) {
        if ((await tx.get(chats, `feishu:${id}`)) !== undefined) continue;
        await tx.put(chats, { messenger: 'feishu', id, name: configTexts.group(id), bulletin: true });
      }
    },
  );
