/**
 * Builds `dist/` when something has changed: the program and the simulator's page, both by esbuild. Types belong to
 * `npm run check`.
 *
 *   node build.mjs [--force] [--page] [--quiet]
 *
 * --force builds from nothing, --page builds the page alone, --quiet speaks only of failures.
 */
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

const inputs = ['src', 'commands', 'tsconfig.json', 'package-lock.json', 'build.mjs'];
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

/**
 * A few files instead of five hundred: the program starts in two thirds of the time. Each command of the command line
 * still loads its own part only, and what works in a process of its own is a part of its own.
 */
async function buildServer() {
  packageFolder('esbuild');
  const { build } = await import('esbuild');
  const source = join(root, 'src');
  const outdir = join(dist, 'src');
  rmSync(outdir, { recursive: true, force: true });
  const apart = readdirSync(join(source, 'documents')).filter((name) => name.endsWith('-worker.ts'));
  await build({
    entryPoints: [join(source, 'cli.ts'), ...apart.map((name) => join(source, 'documents', name))],
    outbase: source,
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    chunkNames: 'parts/[name]-[hash]',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
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
