// `npm run check`: format, lint, types, dead code, import arrows. Every step runs; the first fault decides the exit code.
import { spawnSync } from 'node:child_process';

const bin = (name) => `node_modules/.bin/${name}`;

const steps = [
  ['format and lint', [bin('biome'), 'check', '--error-on-warnings']],
  ['lint with types', [bin('oxlint'), '--type-aware', '--deny-warnings', 'src', 'commands', 'test']],
  ['types', [bin('tsc'), '-p', 'tsconfig.json']],
  ['types of the page', [bin('tsc'), '-p', 'src/messenger/simulator/page/tsconfig.json']],
  ['dead code', [bin('knip')]],
];

let failed = 0;
for (const [name, [command, ...args]] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  if (status !== 0) failed += 1;
}

// The arrows are read as JSON, so that a run that saw no module cannot pass.
const cruise = spawnSync(
  bin('depcruise'),
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'commands'],
  {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  },
);
const { summary } = JSON.parse(cruise.stdout || '{"summary":{"totalCruised":0,"violations":[]}}');
for (const { rule, from, to } of summary.violations) console.log(`${rule.name}: ${from} → ${to}`);
const arrows = summary.totalCruised > 50 && summary.violations.length === 0;
if (!arrows) process.stderr.write(cruise.stderr);
console.log(`${arrows ? 'ok  ' : 'FAIL'} import arrows (${summary.totalCruised} modules)`);
process.exitCode = failed === 0 && arrows ? 0 : 1;
