/**
 * Makes what stands beside it: slices of Noto Sans SC with the hanzi that the page's font package leaves out, rare ones
 * of people's names among them (䶮, 㛃, 𬀩), their style sheet and their licence. To be run when that package changes:
 *
 *   node src/messenger/simulator/page/fonts/make-slices.mjs
 *
 * The whole font (92 MB) and the tool that cuts it are fetched for the moment, so that no clone has to carry them.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const fontPackage = '@expo-google-fonts/noto-sans-sc';
const workshop = mkdtempSync(join(tmpdir(), 'xueshibu-fonts-'));
try {
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', workshop];
  execFileSync('npm', [...install, `${fontPackage}@0.4.3`, 'subset-font@2.9.0'], { stdio: 'inherit' });
  await makeSlices();
} finally {
  rmSync(workshop, { recursive: true });
}

async function makeSlices() {
  const fetched = createRequire(join(workshop, 'package.json'));
  const subset = fetched('subset-font');
  const font = readFileSync(fetched.resolve(`${fontPackage}/400Regular/NotoSansSC_400Regular.ttf`));
  for (const old of readdirSync(here).filter((name) => name.endsWith('.woff2'))) rmSync(join(here, old));
  const faces = [];
  for (const [name, hanzi] of Map.groupBy(absentHanzi(), sliceOf)) {
    const file = `rare-hanzi-${name}.woff2`;
    const slice = await subset(font, hanzi.join(''), { targetFormat: 'woff2', noHinting: true });
    writeFileSync(join(here, file), slice);
    faces.push(faceOf(file, hanzi));
    console.log(`${file}: ${slice.length} bytes`);
  }
  writeFileSync(join(here, 'rare-hanzi.css'), faces.join('\n'));
  copyFileSync(fetched.resolve(`${fontPackage}/LICENSE_FONT`), join(here, 'OFL.txt'));
}
