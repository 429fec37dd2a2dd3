import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import { readmes, withTable } from '../support/command-table.ts';

describe('the documents', () => {
  it.each(readmes)('%s carries the command table of the day (npm run docs makes it)', async (file) => {
    const readme = await readFile(file, 'utf8');
    expect(readme).toBe(withTable(readme));
  });

  it.each(readmes)('%s names every setting of .env.example', async (file) => {
    const settings = (await readFile(path.join(packageRoot, '.env.example'), 'utf8')).matchAll(/^#?([A-Z_]+)=/gm);
    const readme = await readFile(file, 'utf8');
    for (const [, setting] of settings) expect(readme).toContain(`\`${setting}\``);
  });
});
