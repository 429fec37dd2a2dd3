import { access, constants, readdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { type Cadre, cadres, hasFiveYearQuota, type Role } from '../domain/cadre.ts';
import { addDays, addMs, dayOf, type Instant, timeOf, yearOf } from '../domain/day.ts';
import { explainFault, NegativeAnswer } from '../exit-code.ts';
import { outbox } from '../messenger/outbox.ts';
import { checkAdmin, isSample, openStore } from '../open-store.ts';
import { loadPolicy } from '../policy/load.ts';
import { PolicyError } from '../policy/policy-error.ts';
import { listAll, type Store, StoreError } from '../store/store.ts';
import { configTexts } from '../texts/config.ts';
import { doctorTexts as texts } from '../texts/doctor.ts';
import { roleNames } from '../texts/glossary.ts';
import { storeTexts } from '../texts/store.ts';
import { examineEcho } from './doctor-echo.ts';
import { examineFeishu } from './doctor-feishu.ts';
import { type Door, type DoorParts, readArgs } from './door.ts';
import { attention, type Finding, fine } from './finding.ts';

/** Below this many bytes free, a day's journal and backup may not fit. */
const leastFreeBytes = 1024 ** 3;

/** `doctor [--ask 工号]`: configuration, data, roster, clock, holidays, disk, Feishu; each line ok, or what to do (1). */
export const doctor: Door = async (args, parts) => {
  const { values } = readArgs(args, { ask: { type: 'string' } }, 0);
  const { config, print } = parts;
  const { feishu } = config;
  const now = systemClock.now();
  const findings = [
    fine(texts.node(process.version)),
    ...(await asFindings(async () => examinePolicy(config, now))),
    ...(await examineFolder(config)),
    ...(await asFindings(() => examineLedger(parts, now))),
    ...(await asFindings(() => examineAdmin(config))),
    await examineDisk(config),
    await examineBackups(config, now),
    ...(feishu === null ? [] : await asFindings(() => examineFeishu(parts, feishu))),
    ...(await asFindings(() => examineAsked(parts, values.ask))),
  ];
  // What keeps several examinations from their work is told once.
  const lines = new Map(findings.map(({ isOk, sentence }) => [sentence, isOk]));
  for (const [sentence, isOk] of lines) print(texts.line(isOk, sentence));
  const unwell = [...lines.values()].filter((isOk) => !isOk).length;
  if (unwell > 0) throw new NegativeAnswer(texts.unwell(unwell));
};

/** `--ask 工号`: a code goes out, and has to come back. */
async function examineAsked(parts: DoorParts, staffNo: string | undefined): Promise<Finding[]> {
  if (staffNo === undefined) return [];
  const { feishu } = parts.config;
  return [feishu === null ? attention(texts.askNobody) : await examineEcho(parts, feishu, staffNo)];
}

/** What a file has wrong is a finding like any other: the rest is examined all the same. */
async function asFindings(examine: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await examine();
  } catch (fault) {
    if (fault instanceof StoreError || fault instanceof PolicyError)
      return explainFault(fault).sentences.map(attention);
    throw fault;
  }
}

function examinePolicy({ policyDirectory }: Config, now: Instant): Finding[] {
  const { rules, calendar } = loadPolicy(policyDirectory);
  const year = yearOf(dayOf(now));
  // The list of the coming year is published in November.
  const wanted = dayOf(now).slice(5) >= '11-01' ? [year, year + 1] : [year];
  return [
    fine(texts.policy(rules.length, policyDirectory)),
    fine(texts.holidays(calendar.years)),
    ...wanted
      .filter((each) => !calendar.years.includes(each))
      .map((each) => attention(texts.holidaysMissing(each, policyDirectory))),
  ];
}

/** Whether the bot may write where its data are, or will be: a first start as another user spoils it for this one. */
async function examineFolder({ dataDirectory }: Config): Promise<Finding[]> {
  for (let folder = path.join(dataDirectory, 'ledger'); ; folder = path.dirname(folder)) {
    try {
      await access(folder, constants.W_OK);
      return [];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return [attention(storeTexts.notWritable(dataDirectory))];
    }
  }
}

async function examineLedger({ config, log }: DoorParts, now: Instant): Promise<Finding[]> {
  const { database, dataDirectory } = config;
  const isMissing = await readdir(path.join(dataDirectory, 'ledger')).then(
    (names) => names.length === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
  if (database === null && isMissing) return [attention(texts.storeMissing(config.dataDirectory))];
  const store = await openStore(config, log, true);
  try {
    if (config.feishu !== null && (await isSample(store))) return [attention(configTexts.sample(config.dataDirectory))];
    const { n } = await store.read((view) => view.auditHead());
    const people = await store.read((view) => listAll(view, cadres, { index: 'byState', equals: ['active'] }));
    return [
      fine(database === null ? texts.store(dataDirectory, n) : texts.database(database.institution, n)),
      ...examineRoster(people, config.admins),
      await examineClock(store, n, now),
      ...(await examineOutbox(store, now)),
    ];
  } finally {
    await store.close();
  }
}

/** What this role does is done seldom: a wrong address would be found in the middle of a restore. */
async function examineAdmin(config: Config): Promise<Finding[]> {
  await checkAdmin(config);
  return [];
}

function examineRoster(people: readonly Cadre[], admins: readonly string[]): Finding[] {
  if (people.length === 0) return [attention(texts.rosterEmpty)];
  const isHeld = (role: Role): boolean => people.some(({ roles }) => roles.includes(role));
  const missing = (['clerk', 'department-head'] as const).filter((role) => !isHeld(role));
  const strangers = admins.filter((admin) => people.every(({ staffNo }) => staffNo !== admin));
  const archivistMissing = admins.length === 0 ? texts.archivistMissing : texts.archivistComing(admins);
  return [
    fine(texts.roster(people.length, people.filter(hasFiveYearQuota).length)),
    ...(strangers.length > 0 ? [attention(configTexts.adminsUnknown(strangers))] : []),
    ...(isHeld('archivist') || strangers.length > 0 ? [] : [attention(archivistMissing)]),
    ...missing.map((role) => attention(texts.roleMissing(roleNames[role]))),
    ...(isHeld('archivist') && missing.length === 0 ? [fine(texts.roles)] : []),
  ];
}

/** What became of older messages is known by now. */
async function examineOutbox(store: Store, now: Instant): Promise<Finding[]> {
  const since = addMs(now, -7 * 86_400_000);
  const kept = await store.read((view) =>
    Promise.all(
      (['failed', 'unknown'] as const).map((state) => listAll(view, outbox, { index: 'byState', equals: [state] })),
    ),
  );
  const unsent = kept.flat().filter(({ createdAt }) => createdAt >= since).length;
  return unsent > 0 ? [attention(texts.unsent(unsent))] : [];
}

/** The sample college lives in its own time; a real ledger must not run ahead of the machine's clock. */
async function examineClock(store: Store, last: number, now: Instant): Promise<Finding> {
  const show = (instant: Instant): string => `${dayOf(instant)} ${timeOf(instant)}`;
  if (last === 0 || (await isSample(store))) return fine(texts.clock(show(now)));
  for await (const { cause } of store.auditRecords(last)) {
    if (cause.at > now) return attention(texts.clockBehind(show(now), show(cause.at)));
  }
  return fine(texts.clock(show(now)));
}

async function examineDisk({ dataDirectory }: Config): Promise<Finding> {
  const folder = await statfs(dataDirectory).catch(() => statfs(path.parse(dataDirectory).root));
  const free = folder.bavail * folder.bsize;
  const gb = (free / 1024 ** 3).toFixed(1);
  return free < leastFreeBytes ? attention(texts.diskLow(gb)) : fine(texts.disk(gb));
}

async function examineBackups({ dataDirectory }: Config, now: Instant): Promise<Finding> {
  const folders = await readdir(path.join(dataDirectory, 'backups')).catch(() => []);
  const last =
    folders
      .filter((name) => /^\d{4}-\d{2}-\d{2}/.test(name))
      .toSorted()
      .at(-1) ?? null;
  return last !== null && last.slice(0, 10) >= addDays(dayOf(now), -7)
    ? fine(texts.backup(last))
    : attention(texts.backupOld(last));
}
