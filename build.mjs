/**
 * Builds `dist/` when something has changed: the server by tsc, the simulator's page by esbuild.
 *
 *   node build.mjs [--force] [--page] [--quiet] [--unchecked]
 *
 * --force builds from nothing, --page builds the page alone, --quiet speaks only of failures; --unchecked leaves the
 * types to `npm run check`, and builds the same.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

const root = import.meta.dirname;
const dist = join(root, 'dist');
const pageSource = join(root, 'src', 'messenger', 'simulator', 'page');
const flags = new Set(process.argv.slice(2));
const say = flags.has('--quiet') ? () => {} : console.log;

const inputs = ['src', 'commands', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'build.mjs'];
const parts = [
  { name: '页面', stamp: join(dist, '.built-page'), build: buildPage },
  ...(flags.has('--page') ? [] : [{ name: '程序', stamp: join(dist, '.built-server'), build: buildServer }]),
];

try {
  const digest = digestOf(inputs);
  for (const { name, stamp, build } of parts) {
    if (!flags.has('--force') && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) continue;
    const started = performance.now();
    rmSync(stamp, { force: true });
    await build();
    writeFileSync(stamp, digest);
    say(`已构建${name}（${((performance.now() - started) / 1000).toFixed(1)} 秒）`);
  }
} catch (error) {
  console.error(`构建失败：${error.message}`);
  process.exitCode = 1;
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => filesBelow(path))) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** What tsc leaves behind of files that are gone would be packed and shipped: it starts from nothing. */
function buildServer() {
  for (const name of ['src', 'commands', '.tsbuildinfo']) rmSync(join(dist, name), { recursive: true, force: true });
  const tsc = join(packageFolder('typescript'), 'bin', 'tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.build.json'), ...(flags.has('--unchecked') ? ['--noCheck'] : [])];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error('类型检查没有通过，见上。');
}

async function buildPage() {
  packageFolder('esbuild');
  const { build } = await import('esbuild');
  const outdir = join(dist, 'page');
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [join(pageSource, 'main.ts'), join(pageSource, 'main.css')],
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    entryNames: '[name]-[hash]',
    assetNames: 'fonts/[name]-[hash]',
    loader: { '.woff2': 'file' },
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'warning',
  });
  const outputs = Object.keys(metafile.outputs).map((path) => basename(path));
  const html = readFileSync(join(pageSource, 'index.html'), 'utf8')
    .replace(
      'main.css',
      outputs.find((name) => /^main-.*\.css$/.test(name)),
    )
    .replace(
      'main.js',
      outputs.find((name) => /^main-.*\.js$/.test(name)),
    );
  writeFileSync(join(outdir, 'index.html'), html);
  copyFileSync(join(pageSource, 'icon.svg'), join(outdir, 'icon.svg'));
  mkdirSync(join(outdir, 'fonts'), { recursive: true });
  copyFileSync(join(pageSource, 'fonts', 'OFL.txt'), join(outdir, 'fonts', 'OFL.txt'));
}

function packageFolder(name) {
  const folder = join(root, 'node_modules', name);
  if (!existsSync(folder)) throw new Error(`没有安装构建工具 ${name}：请在项目目录运行 npm ci（不要加 --omit=dev）。`);
  return folder;
}
