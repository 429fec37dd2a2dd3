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
  const urlOf = (database: string, role?: string): string => {
    const url = new URL(server);
    if (role !== undefined) [url.username, url.password] = [role, role];
    url.pathname = database;
    return url.href;
  };
  /** On a connection of its own each time: the server may have been killed between. */
  const run = async (url: string, ...statements: readonly [string, unknown[]?][]): Promise<pg.QueryResult> => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      let result = await client.query('select 1');
      for (const [text, values = []] of statements) result = await client.query(text, values);
      return result;
    } finally {
      await client.end();
    }
  };
  const roles = [admin, bot].map((role): [string] => [`create role ${role} login password '${role}'`]);
  await run(server, ...roles, [`create database ${name} owner ${admin}`]);
  return {
    url: urlOf(name, bot),
    adminUrl: urlOf(name, admin),
    query: async (text, values = []) => (await run(urlOf(name), [text, values])).rows as Record<string, unknown>[],
    drop: async () => {
      const dropped = [admin, bot].map((role): [string] => [`drop role ${role}`]);
      await run(server, [`drop database ${name} with (force)`], ...dropped);
    },
  };
}
