import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const modules = join(import.meta.dirname, '..', '..', 'node_modules');

/**
 * A headless Chromium that comes with the npm packages alone. `CHROMIUM_PATH` names another one instead.
 *
 * The packaged one unpacks itself below the temp folder and takes whatever lies there already, so it gets a folder of
 * this project and this version, complete or absent. Its own arguments are for a single page in a cloud function
 * (`--single-process` ends the browser with the first context), so they are not used.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'];
  if (own) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  const folder = await unpackedChromium();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu'],
    env: {
      ...process.env,
      // Without any font at all Chromium dies; on a machine without NSS it finds the packaged copy.
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: [process.env['LD_LIBRARY_PATH'], join(folder, 'al2023', 'lib')].filter(Boolean).join(':'),
    },
  });
}

async function unpackedChromium(): Promise<string> {
  const manifest = JSON.parse(await readFile(join(modules, '@sparticuz', 'chromium', 'package.json'), 'utf8'));
  const folder = join(modules, '.cache', 'chromium', manifest.version);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  await unpackInto(fresh);
  await writeFile(join(fresh, 'fonts', 'fonts.conf'), fontsConf(join(folder, 'fonts')));
  // Another process may have been faster: its copy is as good.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  return folder;
}

/** Its own file names folders of a cloud function. */
const fontsConf = (folder: string): string =>
  `<?xml version="1.0"?><fontconfig><dir>${folder}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;

async function unpackInto(folder: string): Promise<void> {
  const before = { TMPDIR: process.env['TMPDIR'], AWS_EXECUTION_ENV: process.env['AWS_EXECUTION_ENV'] };
  // The package looks at both when it is loaded: the second makes it unpack the libraries that a bare system lacks.
  process.env['TMPDIR'] = folder;
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs20.x';
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    packaged.setGraphicsMode = false;
    await packaged.executablePath();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
