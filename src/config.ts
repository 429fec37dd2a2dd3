import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from './package-root.ts';
import { configTexts as texts } from './texts/config.ts';

export { packageRoot } from './package-root.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly messenger: 'simulator';
  readonly dataDirectory: string;
  readonly policyDirectory: string;
  /** 工号 of the first archivists. */
  readonly admins: readonly string[];
  readonly logLevel: LogLevel;
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

type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment, with what a `.env` file in the working directory adds to it. */
export function readEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** @throws ConfigError */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const value = (name: string): string | null => {
    const found = environment[name]?.trim();
    return found === undefined || found === '' ? null : found;
  };
  const config: Config = {
    host: value('HOST') ?? '127.0.0.1',
    port: readPort(value('PORT'), faults),
    messenger: readMessenger(value, faults),
    dataDirectory: path.resolve(value('DATA_DIR') ?? path.join(packageRoot, 'data/runtime')),
    policyDirectory: path.resolve(value('POLICY_DIR') ?? path.join(packageRoot, 'data/policy')),
    admins: readAdmins(value('ADMINS'), faults),
    logLevel: readLogLevel(value('LOG_LEVEL'), faults),
  };
  if (value('DATABASE_URL') !== null) faults.push(texts.postgres);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

type Value = (name: string) => string | null;

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
  const admins = (found ?? '').split(/[,，\s]+/).filter((word) => word !== '');
  for (const admin of admins) if (!/^[\w-]{1,32}$/.test(admin)) faults.push(texts.admins(admin));
  return admins;
}

function readMessenger(value: Value, faults: string[]): 'simulator' {
  const ids = [
    ['feishu', 'FEISHU_APP_ID', 'FEISHU_APP_SECRET'],
    ['dingtalk', 'DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'],
  ] as const;
  for (const [, id, secret] of ids) {
    if (value(id) !== null && value(secret) === null) faults.push(texts.together(id, secret));
    if (value(secret) !== null && value(id) === null) faults.push(texts.together(secret, id));
  }
  const implied = ids.filter(([, id]) => value(id) !== null).map(([name]) => name);
  const asked =
    value('MESSENGER')
      ?.split(/[,，\s]+/)
      .filter((word) => word !== '') ?? implied;
  const chosen = asked.length === 0 ? ['simulator'] : asked;
  for (const name of chosen) {
    if (name === 'feishu' || name === 'dingtalk') faults.push(texts.notYet(name));
    else if (name !== 'simulator') faults.push(texts.messenger(name));
  }
  if (chosen.includes('simulator') && chosen.length > 1) faults.push(texts.simulatorAlone);
  const transport = value('FEISHU_TRANSPORT');
  if (transport !== null && transport !== 'websocket' && transport !== 'webhook')
    faults.push(texts.transport(transport));
  return 'simulator';
}
