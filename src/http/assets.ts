import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { webWords } from '../texts/web.ts';

export interface Asset {
  readonly type: string;
  readonly cacheControl: string;
  read(): Promise<Buffer>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The built page by URL path, listed once: what is not on the list cannot be asked for. Names that carry a hash of
 * their content are kept by browsers for good.
 * @throws Error when the page has not been built
 */
export function listAssets(folder: string): ReadonlyMap<string, Asset> {
  let names: string[];
  try {
    readFileSync(join(folder, 'index.html'));
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new Error(webWords.pageMissing(folder), { cause: error });
  }
  const assets = new Map<string, Asset>();
  for (const name of names) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const hashed = /-[A-Z0-9]{8}\.\w+$/.test(name);
    assets.set(name === 'index.html' ? '/' : `/${name.replaceAll('\\', '/')}`, {
      type,
      cacheControl: hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      read: () => readFile(join(folder, name)),
    });
  }
  return assets;
}
