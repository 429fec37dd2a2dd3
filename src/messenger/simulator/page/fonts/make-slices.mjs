/**
 * Makes what stands beside it: slices of Noto Sans SC with the hanzi that the page's font package leaves out, rare ones
 * of people's names among them (䶮, 㛃, 𬀩), their style sheet and their licence. To be run when that package changes:
 *
 *   node src/messenger/simulator/page/fonts/make-slices.mjs
 *
 * The whole font (92 MB) and the tool that cuts it are fetched for the moment, so that no clone has to carry them.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const slices = [
  '3400-3fff',
  '4000-4dbf',
  '4e00-5fff',
  '6000-6fff',
  '7000-7fff',
  '8000-8fff',
  '9000-9fff',
  '20000-323af',
];
const wholeFont = '@expo-google-fonts/noto-sans-sc';
const here = import.meta.dirname;
const workshop = mkdtempSync(join(tmpdir(), 'xueshibu-fonts-'));

try {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefix', workshop];
  execFileSync('npm', ['install', ...flags, `${wholeFont}@0.4.3`, 'subset-font@2.9.0'], { stdio: 'inherit' });
  const fetched = createRequire(join(workshop, 'package.json'));
  const cut = fetched('subset-font');
  const font = readFileSync(fetched.resolve(`${wholeFont}/400Regular/NotoSansSC_400Regular.ttf`));
  const present = packagedCodes();
  for (const slice of slices) {
    const absent = codesIn(slice).filter((code) => !present.has(code));
    const hanzi = absent
      .map((code) => String.fromCodePoint(code))
      .filter((sign) => /\p{Unified_Ideograph}/u.test(sign));
    const woff2 = await cut(font, hanzi.join(''), { targetFormat: 'woff2' });
    writeFileSync(join(here, fileOf(slice)), woff2);
    console.log(`${fileOf(slice)}: ${woff2.length} bytes`);
  }
  writeFileSync(join(here, 'rare-hanzi.css'), styleSheet());
  copyFileSync(fetched.resolve(`${wholeFont}/LICENSE_FONT`), join(here, 'OFL.txt'));
} finally {
  rmSync(workshop, { recursive: true });
}

/** What the page's font package has. */
function packagedCodes() {
  const listed = createRequire(import.meta.url)('@fontsource-variable/noto-sans-sc/unicode.json');
  const ranges = Object.values(listed).flatMap((list) => list.split(','));
  return new Set(ranges.flatMap((range) => codesIn(range.replace('U+', ''))));
}

function codesIn(range) {
  const [first, last = first] = range.split('-').map((hex) => Number.parseInt(hex, 16));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function fileOf(slice) {
  return `rare-hanzi-${slice}.woff2`;
}

/** A family of its own, asked after the packaged one: browsers embolden it where a bold weight is wanted. */
function styleSheet() {
  const faces = slices.map((slice) =>
    [
      '@font-face {',
      '  font-family: "Noto Sans SC Rare";',
      '  font-weight: 400;',
      '  font-display: swap;',
      `  src: url("./${fileOf(slice)}") format("woff2");`,
      `  unicode-range: U+${slice};`,
      '}\n',
    ].join('\n'),
  );
  return `/* Made by make-slices.mjs. */\n${faces.join('\n')}`;
}
