// `npm run check`: format, lint, types, dead code, import arrows. Every step runs, two at a time; any fault fails the whole.
import { spawn } from 'node:child_process';

const cruise = ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'commands'];

// The longest first: it takes about as long as all others together.
const steps = [
  ['types', ['tsc', '-p', 'tsconfig.json']],
  ['format and lint', ['biome', 'check', '--error-on-warnings']],
  ['lint with types', ['oxlint', '--type-aware', '--deny-warnings', 'src', 'commands', 'test']],
  ['types of the page', ['tsc', '-p', 'src/messenger/simulator/page/tsconfig.json']],
  ['dead code', ['knip']],
  ['import arrows', cruise, readArrows],
];

const waiting = [...steps];
await Promise.all([work(), work()]);

async function work() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const [name, command, read = readStatus] = step;
    const { isFine, words } = read(await run(command));
    process.stdout.write(`${words}${isFine ? 'ok  ' : 'FAIL'} ${name}\n`);
    if (!isFine) process.exitCode = 1;
  }
}

/** What a step says is kept until it ends, so that two do not speak at once. */
function run([name, ...args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(`node_modules/.bin/${name}`, args);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

function readStatus({ status, stdout, stderr }) {
  return { isFine: status === 0, words: stdout + stderr };
}

/** The arrows are read as JSON, so that a run that saw no module cannot pass. */
function readArrows({ stdout, stderr }) {
  const { summary } = JSON.parse(stdout || '{"summary":{"totalCruised":0,"violations":[]}}');
  const { totalCruised, violations } = summary;
  const isFine = totalCruised > 50 && violations.length === 0;
  const lines = violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}\n`);
  return { isFine, words: `${lines.join('')}${isFine ? '' : stderr}${totalCruised} modules\n` };
}
