import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of its own, with a role that owns it and one that is the bot's. */
export interface TestDatabase {
  readonly url: string;
  readonly adminUrl: string;
  /** As the superuser, whom no wall stops. */
  query(text: string, values?: unknown[]): Promise<readonly Record<string, unknown>[]>;
  drop(): Promise<void>;
}

/** `server`: a superuser's address. */
export async function createTestDatabase(server: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const [admin, bot] = [`${name}_admin`, `${name}_bot`];
  const maintenance = new pg.Client(server);
  maintenance.on('error', () => undefined);
  await maintenance.connect();
  for (const role of [admin, bot]) await maintenance.query(`create role ${role} login password '${role}'`);
  await maintenance.query(`create database ${name} owner ${admin}`);
  const urlOf = (role: string | null): string => {
    const url = new URL(server);
    if (role !== null) [url.username, url.password] = [role, role];
    url.pathname = name;
    return url.href;
  };
  const superuser = new pg.Client(urlOf(null));
  superuser.on('error', () => undefined);
  await superuser.connect();
  return {
    url: urlOf(bot),
    adminUrl: urlOf(admin),
    query: async (text, values = []) => (await superuser.query<Record<string, unknown>>(text, values)).rows,
    drop: async () => {
      await superuser.end();
      await maintenance.query(`drop database ${name} with (force)`);
      for (const role of [admin, bot]) await maintenance.query(`drop role ${role}`);
      await maintenance.end();
    },
  };
}
