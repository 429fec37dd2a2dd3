import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's address. */
    postgres: string;
  }
}

/** One PostgreSQL for the whole run: the one of DATABASE_URL, or one of our own. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') {
    project.provide('postgres', given);
    return undefined;
  }
  const server = await startPostgres();
  project.provide('postgres', server.url);
  return () => server.stop();
}
