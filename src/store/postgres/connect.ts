import pg from 'pg';
import { postgresTexts as texts } from '../../texts/store.ts';
import { isForNow, StoreError } from '../store.ts';

export interface ConnectionOptions {
  readonly url: string;
  /** Connections held at most. */
  readonly most: number;
  /** Milliseconds that one statement may take; 0: as long as it needs. */
  readonly statementMs: number;
  /** Settings of every session, `name=value`. */
  readonly settings?: readonly string[];
  /** A connection that nobody was using is gone. */
  readonly onLost?: (error: Error) => void;
}

const connectMs = 5000;
/** How much longer than the server the client waits for an answer before it gives the connection up. */
const graceMs = 5000;

/** Connections that send without waiting for the answer before, so that what belongs together travels together. */
export function createPool({ url, most, statementMs, settings = [], onLost }: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    pipeline: true,
    max: most,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    application_name: 'xueshibu',
    ...(statementMs === 0 ? {} : { statement_timeout: statementMs, query_timeout: statementMs + graceMs }),
    idle_in_transaction_session_timeout: 60_000,
    ...(settings.length === 0
      ? {}
      : { options: settings.map((setting) => `-c ${setting.replace(/[\\ ]/g, '\\$&')}`).join(' ') }),
  } as pg.PoolConfig);
  // Without listeners a lost connection, idle or lent, would end the process.
  pool.on('error', (error) => onLost?.(error));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
};

/** Another transaction was in the way: the same work again may succeed. */
export const isConflict = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error));

/** A row that may be there only once is there already. */
export const isDouble = (error: unknown): boolean => codeOf(error) === '23505';

/** The role may not do this. */
export const isForbidden = (error: unknown): boolean => codeOf(error) === '42501';

/** A standby that is not taken over yet, a database that may only be read, a refused role or database, shutdown, start-up, too many connections, no room, lost or refused connections, time-outs. */
const awayCodes = /^(?:0A000|08\w{3}|25006|28\w{3}|3D000|53\w{3}|57P\d\d|57014|55P03|25P03|58\w{3}|E[A-Z]+)$/;
const awayWords = /\bterminated\b|timeout|not queryable|Client was closed|Cannot use a pool after calling end/i;

/** Role, password or database are wrong. */
const noAccessCodes = /^(?:28\w{3}|3D000)$/;

/** The protocol is not understood: poolers say so of the settings that a session begins with. */
const refusedSettings = '08P01';

/** Whether the database is away for the moment, and not the statement wrong. */
export const isAway = (error: unknown): boolean =>
  error instanceof Error && (awayCodes.test(codeOf(error)) || (codeOf(error) === '' && awayWords.test(error.message)));

/** What stands in a sentence about an error: its code where it has one, never a value of a row. */
export const reasonOf = (error: unknown): string => {
  const code = codeOf(error);
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  if (code !== '' || !(error instanceof Error)) return code;
  if (!awayWords.test(error.message)) return error.message;
  return /timeout/i.test(error.message) ? texts.silent : texts.cut;
};

/** The same where nobody waits, as at a start and for what the operator does: what is refused for now is away. */
export function toAway(error: unknown): unknown {
  const known = toStoreError(error);
  return isForNow(known) ? new StoreError('away', known.message, { cause: error }) : known;
}

/** An error of the driver in the words of the port; any other stays what it is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  if (isConflict(error)) return new StoreError('unavailable', texts.busy, { cause: error });
  if (codeOf(error).startsWith('53')) return new StoreError('unavailable', texts.full(codeOf(error)), { cause: error });
  if (noAccessCodes.test(codeOf(error))) return new StoreError('away', texts.noAccess(codeOf(error)), { cause: error });
  if (codeOf(error) === refusedSettings) return new StoreError('away', texts.pooler, { cause: error });
  if (isAway(error) || error instanceof AggregateError)
    return new StoreError('away', texts.away(reasonOf(error)), { cause: error });
  return error;
}
