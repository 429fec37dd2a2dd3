import { existsSync } from 'node:fs';
import path from 'node:path';
import { chats } from '../bot/chats.ts';
import { peopleWith } from '../bot/people.ts';
import { readUnreached } from '../bot/unreached.ts';
import { systemClock } from '../clock.ts';
import { dayOf } from '../domain/day.ts';
import { searchAccounts } from '../jobs/match-accounts.ts';
import type { FeishuApi } from '../messenger/feishu/api.ts';
import { FeishuApiError } from '../messenger/feishu/api-error.ts';
import { findPeople } from '../messenger/feishu/directory.ts';
import { openFeishuApi } from '../messenger/feishu/open-api.ts';
import { reasonOf } from '../messenger/feishu/outcome.ts';
import { features } from '../messenger/feishu/scopes.ts';
import type { FeishuSettings } from '../messenger/feishu/settings.ts';
import { subscriptions } from '../messenger/feishu/subscriptions.ts';
import { openStore } from '../open-store.ts';
import { listAll, type Store } from '../store/store.ts';
import { doctorFeishuTexts as texts } from '../texts/doctor-feishu.ts';
import type { DoorParts } from './door.ts';
import { attention, type Finding, fine } from './finding.ts';

/** Signatures and time-outs go wrong from here on. */
const mostSkewMs = 60_000;

/**
 * What the platform says of the app: whether it lets us in, by which transport, with which permissions and
 * subscriptions, whether the bot is in the groups of the bulletin, and how many of the roster it can reach.
 * @throws StoreError
 */
export async function examineFeishu({ config, log }: DoorParts, settings: FeishuSettings): Promise<Finding[]> {
  const feishu = await openFeishuApi({ settings, clock: systemClock, log });
  const { api } = feishu;
  const identity = await asking(async () => {
    const { name } = await api.bot();
    return [fine(texts.identity(name, settings.appId))];
  });
  const skew = await feishu.skew();
  // Without a way there or in everything else would say the same once more.
  if (skew === 'unreachable') return [attention(texts.unreachable)];
  const findings = [examineSkew(skew), ...identity];
  if (identity.some(({ isOk }) => !isOk)) return findings;
  return [
    ...findings,
    ...(await examineTransport(settings, () => feishu.askEndpoint())),
    ...(await examineScopes(api)),
    ...(await examineSubscriptions(api, settings)),
    ...(config.database !== null || existsSync(path.join(config.dataDirectory, 'ledger'))
      ? await examineReach({ config, log }, api)
      : []),
  ];
}

/** What the platform refuses is a finding. */
async function asking(examine: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await examine();
  } catch (fault) {
    // A look-up of people says in words of its own what the platform has refused.
    const refusal = fault instanceof Error && fault.cause instanceof FeishuApiError ? fault.cause : fault;
    if (refusal instanceof FeishuApiError) return [attention(texts.refused(reasonOf(refusal)))];
    throw fault;
  }
}

function examineSkew(skew: number | 'not told'): Finding {
  if (skew === 'not told') return fine(texts.clockNotTold);
  const seconds = Math.round(Math.abs(skew) / 1000);
  return Math.abs(skew) > mostSkewMs ? attention(texts.clockOff(seconds, skew > 0)) : fine(texts.clock(seconds));
}

const examineTransport = ({ transport }: FeishuSettings, askEndpoint: () => Promise<unknown>): Promise<Finding[]> =>
  transport === 'webhook'
    ? Promise.resolve([fine(texts.webhook)])
    : asking(async () => {
        await askEndpoint();
        return [fine(texts.longConnection)];
      });

const examineScopes = (api: FeishuApi): Promise<Finding[]> =>
  asking(async () => {
    const granted = new Set(await api.scopes());
    return features.flatMap(({ feature, scopes, optional }) => {
      const missing = scopes.filter((scope) => !granted.has(scope));
      const name = texts.features[feature];
      if (missing.length === 0) return [fine(texts.granted(name))];
      return optional === true ? [fine(texts.notGranted(name))] : [attention(texts.missing(name, missing))];
    });
  });

const examineSubscriptions = (api: FeishuApi, { appId, transport }: FeishuSettings): Promise<Finding[]> =>
  asking(async () => {
    const { events, callbacks } = await api.subscriptions(appId);
    const wanted = [
      { ...subscriptions.events, found: events },
      { ...subscriptions.callbacks, found: callbacks },
    ] as const;
    return wanted.flatMap(({ kind, names, found }) => {
      const title = texts.kinds[kind];
      if (found === null) return [fine(texts.notVisible(title))];
      const missing = names.filter((name) => !found.names.includes(name));
      return [
        found.transport === transport
          ? fine(texts.sameTransport(title))
          : attention(texts.otherTransport(title, transport)),
        missing.length === 0 ? fine(texts.subscribed(title)) : attention(texts.notSubscribed(title, missing)),
      ];
    });
  });

async function examineReach({ config, log }: Pick<DoorParts, 'config' | 'log'>, api: FeishuApi): Promise<Finding[]> {
  const store = await openStore(config, log, true);
  try {
    const receiving = await store.read((view) => listAll(view, chats, { index: 'byBulletin', equals: [true] }));
    const groups = receiving.filter(({ messenger }) => messenger === 'feishu');
    return [...(await examineGroups(api, groups)), ...(await examinePeople(api, store))];
  } finally {
    await store.close();
  }
}

async function examineGroups(
  api: FeishuApi,
  groups: readonly { readonly id: string; readonly name: string }[],
): Promise<Finding[]> {
  if (groups.length === 0) return [attention(texts.noGroup)];
  const findings = groups.map(async ({ id, name }) => {
    try {
      return fine(texts.inGroup((await api.chat(id)).name));
    } catch (fault) {
      if (fault instanceof FeishuApiError) return attention(texts.notInGroup(name === '' ? id : name, reasonOf(fault)));
      throw fault;
    }
  });
  return Promise.all(findings);
}

/** Those without an account are found by mobile or e-mail at the next start, or bind themselves. */
const examinePeople = (api: FeishuApi, store: Store): Promise<Finding[]> =>
  asking(async () => {
    const messenger = 'feishu';
    const all = await store.read((view) => readUnreached(view, messenger, dayOf(systemClock.now())));
    const lost = all.filter(({ why }) => why !== 'refused').map(({ cadre }) => cadre);
    if (lost.length === 0) return [fine(texts.allReached)];
    const looked = await searchAccounts({ store, messenger, findPeople: (contacts) => findPeople(api, contacts) });
    const found = new Set(looked?.flatMap(({ id, cadre }) => (id === null ? [] : [cadre.staffNo])));
    const rest = lost.filter(({ staffNo }) => !found.has(staffNo));
    const archivists = await store.read((view) => peopleWith(view, 'archivist'));
    // Nobody could consent to anybody's 绑定, not even to their own.
    const isNobodyThere = archivists.every((one) => rest.some(({ staffNo }) => staffNo === one.staffNo));
    return [
      ...(found.size > 0 ? [fine(texts.willBeMatched(found.size))] : []),
      ...(rest.length > 0 ? [attention(texts.unmatched(rest.length))] : []),
      ...(archivists.length > 0 && isNobodyThere ? [attention(texts.archivistUnmatched(archivists))] : []),
    ];
  });
