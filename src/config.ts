import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDotEnv } from './dot-env.ts';
import type { FeishuSettings } from './messenger/feishu/settings.ts';
import { packageRoot } from './package-root.ts';
import { configTexts as texts } from './texts/config.ts';

export { packageRoot } from './package-root.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface DatabaseSettings {
  /** `postgres://…` with the bot's own role. */
  readonly url: string;
  /** The role that makes tables, restores and removes; null: the bot's own, where it may. */
  readonly adminUrl: string | null;
  /** Whose rows these are; other institutions may share the database. */
  readonly institution: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly messenger: 'simulator' | 'feishu';
  /** Present with `feishu`. */
  readonly feishu: FeishuSettings | null;
  readonly dataDirectory: string;
  /** The store on PostgreSQL; null: the embedded one. */
  readonly database: DatabaseSettings | null;
  readonly policyDirectory: string;
  /** 工号 of the first archivists. */
  readonly admins: readonly string[];
  readonly logLevel: LogLevel;
  /** Where browsers in a classroom reach the bot, without a slash at its end; null: nowhere. */
  readonly publicUrl: string | null;
}

/** The configuration cannot be used (78); one sentence per fault, all at once. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment, with what a `.env` file in the working directory adds to it. @throws ConfigError */
export function readEnvironment(): Environment {
  if (!existsSync('.env')) return process.env;
  const { values, faults } = readDotEnv(readFileSync('.env'));
  if (faults.length > 0) throw new ConfigError(faults);
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
  return process.env;
}

/** @throws ConfigError */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const value = (name: string): string | null => {
    const found = environment[name]?.trim();
    return found === undefined || found === '' ? null : found;
  };
  const messenger = readMessenger(value, faults);
  const transport = readTransport(value('FEISHU_TRANSPORT'), faults);
  const config: Config = {
    host: value('HOST') ?? '127.0.0.1',
    port: readPort(value('PORT'), faults),
    messenger,
    feishu: messenger === 'feishu' ? readFeishu(value, transport, faults) : null,
    dataDirectory: path.resolve(value('DATA_DIR') ?? path.join(packageRoot, 'data/runtime')),
    database: readDatabase(value, faults),
    policyDirectory: path.resolve(value('POLICY_DIR') ?? path.join(packageRoot, 'data/policy')),
    admins: readAdmins(value('ADMINS'), faults),
    logLevel: readLogLevel(value('LOG_LEVEL'), faults),
    publicUrl: readAddress(value, 'PUBLIC_URL', faults),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

type Value = (name: string) => string | null;

function readDatabase(value: Value, faults: string[]): DatabaseSettings | null {
  const address = (name: string): string | null => {
    const found = value(name);
    if (found !== null && !isDatabase(found)) faults.push(texts.database(name));
    return found;
  };
  const [url, adminUrl] = [address('DATABASE_URL'), address('DATABASE_ADMIN_URL')];
  const institution = value('INSTITUTION') ?? 'default';
  if (url === null && adminUrl !== null) faults.push(texts.together('DATABASE_ADMIN_URL', 'DATABASE_URL'));
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(institution)) faults.push(texts.institution(institution));
  return url === null ? null : { url, adminUrl, institution };
}

/** With a database's name; the sentence about one that is not never repeats it, since a password may stand in it. */
const isDatabase = (found: string): boolean =>
  URL.canParse(found) &&
  ['postgres:', 'postgresql:'].includes(new URL(found).protocol) &&
  new URL(found).pathname.length > 1;

function readPort(found: string | null, faults: string[]): number {
  if (found === null) return 3000;
  const port = Number(found);
  if (!/^\d{1,5}$/.test(found) || port > 65_535) faults.push(texts.port(found));
  return port;
}

function readLogLevel(found: string | null, faults: string[]): LogLevel {
  const level = logLevels.find((candidate) => candidate === (found ?? 'info'));
  if (level === undefined) faults.push(texts.logLevel(found ?? '', logLevels));
  return level ?? 'info';
}

function readAdmins(found: string | null, faults: string[]): readonly string[] {
  const admins = words(found);
  for (const admin of admins) if (!/^[\w-]{1,32}$/.test(admin)) faults.push(texts.admins(admin));
  return admins;
}

function readMessenger(value: Value, faults: string[]): Config['messenger'] {
  const ids = [
    ['feishu', 'FEISHU_APP_ID', 'FEISHU_APP_SECRET'],
    ['dingtalk', 'DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'],
  ] as const;
  for (const [, id, secret] of ids) {
    if (value(id) !== null && value(secret) === null) faults.push(texts.together(id, secret));
    if (value(secret) !== null && value(id) === null) faults.push(texts.together(secret, id));
  }
  const implied = ids.filter(([, id]) => value(id) !== null).map(([name]) => name);
  const asked = words(value('MESSENGER'));
  // Somebody who has begun to set up Feishu does not want the simulator.
  if (asked.length === 0 && implied.length === 0 && onlyFeishu.some((name) => value(name) !== null)) {
    if (value('FEISHU_APP_SECRET') === null) faults.push(texts.feishuApp);
  }
  const chosen: readonly string[] = asked.length === 0 ? implied : asked;
  for (const name of chosen) {
    if (name === 'dingtalk') faults.push(texts.notYet(name));
    else if (name !== 'simulator' && name !== 'feishu') faults.push(texts.messenger(name));
  }
  if (chosen.includes('simulator') && chosen.length > 1) faults.push(texts.simulatorAlone);
  return chosen.includes('feishu') ? 'feishu' : 'simulator';
}

/** Settings of no use without an app. */
const onlyFeishu = ['FEISHU_TRANSPORT', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN', 'FEISHU_DOMAIN'] as const;

/** As the platform gives them out. */
const appIdShape = /^cli_[0-9a-fA-F]{16}$/;
const publicFeishu = 'https://open.feishu.cn';

function readTransport(found: string | null, faults: string[]): FeishuSettings['transport'] {
  if (found === 'webhook') return found;
  if (found !== null && found !== 'websocket') faults.push(texts.transport(found));
  return 'websocket';
}

function readFeishu(value: Value, transport: FeishuSettings['transport'], faults: string[]): FeishuSettings {
  const settings: FeishuSettings = {
    appId: value('FEISHU_APP_ID') ?? '',
    appSecret: value('FEISHU_APP_SECRET') ?? '',
    transport,
    encryptKey: value('FEISHU_ENCRYPT_KEY'),
    verificationToken: value('FEISHU_VERIFICATION_TOKEN'),
    domain: readAddress(value, 'FEISHU_DOMAIN', faults) ?? publicFeishu,
    bulletinChats: words(value('FEISHU_BULLETIN_CHATS')),
  };
  faults.push(...credentialFaults(settings));
  if (settings.transport === 'webhook') {
    if (settings.encryptKey === null) faults.push(texts.needed('FEISHU_ENCRYPT_KEY', texts.forWebhook));
    if (settings.verificationToken === null) faults.push(texts.needed('FEISHU_VERIFICATION_TOKEN', texts.forWebhook));
  }
  for (const chat of settings.bulletinChats) if (!/^oc_\w{1,64}$/.test(chat)) faults.push(texts.chat(chat));
  return settings;
}

function credentialFaults({ appId, appSecret }: FeishuSettings): string[] {
  if (appId === '' && appSecret === '') return [texts.feishuApp];
  if (appId === '' || appSecret === '') return [];
  if (appIdShape.test(appSecret)) return [texts.appSecretIsId];
  // Whatever has been put in the place of the id may be the secret.
  const shown = appId.length > 20 || appId === appSecret ? `${appId.slice(0, 4)}…` : appId;
  return [
    ...(appIdShape.test(appId) ? [] : [texts.appId(shown)]),
    ...(/^[!-~]+$/.test(appSecret) ? [] : [texts.appSecret]),
  ];
}

/** Without the slash at its end. */
function readAddress(value: Value, name: string, faults: string[]): string | null {
  const found = value(name);
  if (found === null) return null;
  const url = URL.canParse(found) ? new URL(found) : null;
  // Links are made by writing on behind it.
  const isBare = url !== null && url.username + url.password === '' && !/[?#\s]/.test(found);
  if (!isBare || !['http:', 'https:'].includes(url.protocol))
    faults.push(texts.url(name, found.replace(/\/\/[^/]*@/, '//…@')));
  return found.replace(/\/+$/, '');
}

const words = (found: string | null): readonly string[] =>
  (found ?? '').split(/[,，、;；\s]+/).filter((word) => word !== '');
