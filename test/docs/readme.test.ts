import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config.ts';
import { features } from '../../src/messenger/feishu/scopes.ts';
import { subscriptions } from '../../src/messenger/feishu/subscriptions.ts';
import { generated, readmes, withParts } from '../support/generated-docs.ts';

describe('the documents', () => {
  it.each(generated)(
    '%s carries what is made from the declarations, of the day (npm run docs makes it)',
    async (file, parts) => {
      const document = await readFile(file, 'utf8');
      expect(document).toBe(withParts(document, parts));
    },
  );

  it.each(readmes)('%s names every setting of .env.example', async (file) => {
    const settings = (await readFile(path.join(packageRoot, '.env.example'), 'utf8')).matchAll(/^#?([A-Z_]+)=/gm);
    const readme = await readFile(file, 'utf8');
    for (const [, setting] of settings) expect(readme).toContain(`\`${setting}\``);
  });

  it.each(['docs/feishu-setup.md', 'docs/feishu-setup.zh-CN.md'])(
    '%s says what each permission, event and callback is for',
    async (file) => {
      const guide = await readFile(path.join(packageRoot, file), 'utf8');
      const rows = guide.split('\n').filter((line) => line.startsWith('| '));
      for (const { scopes } of features)
        expect(rows.some((row) => scopes.every((s) => row.includes(`\`${s}\``)))).toBe(true);
      for (const name of subscriptions.events.names) expect(rows.some((row) => row.includes(`\`${name}\``))).toBe(true);
      for (const name of subscriptions.callbacks.names) expect(guide).toContain(`\`${name}\``);
    },
  );
});
