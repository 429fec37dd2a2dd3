import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyCollection } from '../../domain/collection.ts';
import { postgresTexts as texts } from '../../texts/store.ts';
import { createTurns } from '../../turns.ts';
import { type Store, StoreError } from '../store.ts';
import { Audit } from './audit.ts';
import { createPool, toAway } from './connect.ts';
import { Numbers } from './numbers.ts';
import { PostgresStore, type WriteBackup } from './postgres-store.ts';
import { checkDatabase, prepareDatabase } from './prepare.ts';
import { refuseOtherDatabase } from './same-database.ts';
import { shapeOf } from './shape.ts';

export interface PostgresOptions {
  /** `postgres://…` with the bot's own role. */
  readonly url: string;
  /** A role that may make tables; null: the bot's own, where it may. */
  readonly adminUrl: string | null;
  /** Makes no tables. */
  readonly readOnly?: boolean;
  /** Whose rows these are; kept apart from all others of the same database. */
  readonly institution: string;
  readonly collections: readonly AnyCollection[];
  /** Of what the program makes of them; grows with every change. */
  readonly generation?: number;
  /** What `backup` does. */
  readonly writeBackup?: WriteBackup;
  readonly onWarning?: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** Connections for transactions, held at most. */
  readonly connections?: number;
}

const statementMs = 30_000;

/**
 * The store of many processes. @throws StoreError `away` when the database cannot be reached, `not-prepared`, `damaged`
 * (made by a newer program), `not-writable` (the admin's role may not make tables), `other-database`
 */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const {
    url,
    adminUrl,
    institution,
    collections,
    generation = 0,
    writeBackup = () => Promise.reject(new TypeError('the store was opened without backups')),
    readOnly = false,
    onWarning = () => undefined,
    connections = 10,
  } = options;
  const shapes = collections.map(shapeOf);
  const plan = { shapes, generation };
  const onLost = (error: Error): void => onWarning(texts.lost, { error });
  // Sequential scans would lock whole tables against each other; sums by person for everybody want room.
  const common = { url, statementMs, onLost };
  const pool = createPool({
    ...common,
    most: connections,
    settings: ['enable_seqscan=off', 'work_mem=32MB', 'jit=off'],
  });
  const own = `xueshibu.institution=${institution}`;
  const side = createPool({ ...common, most: 2, settings: [own] });
  // What may be lost with what came after it: numbers nobody has used, seals nobody has printed.
  const quick = createPool({ ...common, most: 2, settings: [own, 'synchronous_commit=off'] });
  try {
    const { rows } = await side.query<{ role: string }>('select current_user as role');
    const unready = await checkDatabase(side, plan).then(
      () => null,
      (error: unknown) => {
        if (readOnly || !(error instanceof StoreError) || error.fault !== 'not-prepared') throw error;
        return error;
      },
    );
    if (adminUrl !== null && !readOnly) {
      // Where there is nothing for that role to do it may be out of reach.
      const onAway = (error: StoreError): void => onWarning(error.message, { error: error.cause });
      await refuseOtherDatabase(url, adminUrl, unready === null ? onAway : null);
    }
    if (unready !== null) {
      await prepareDatabase(adminUrl ?? url, rows[0]?.role ?? '', plan).catch((error: unknown) => {
        // The bot's own role may not make tables: what is missing is the other address.
        throw adminUrl === null && error instanceof StoreError && error.fault === 'not-writable' ? unready : error;
      });
      await checkDatabase(side, plan);
    }
  } catch (error) {
    await Promise.all([pool, side, quick].map((one) => one.end()));
    throw toAway(error);
  }
  const audit = new Audit(quick, institution, (error) => onWarning(texts.notSealed, { error }));
  return new PostgresStore({
    place: { institution, shapes: new Map(shapes.map((shape) => [shape.collection.name, shape])), audit },
    pool,
    side,
    quick,
    numbers: new Numbers(quick, institution),
    writeBackup,
    inTurn: createTurns(connections),
    sleep: (ms) => sleep(ms),
  });
}
