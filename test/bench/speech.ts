import { join } from 'node:path';
import { commands } from '../../commands/index.ts';
import { packageRoot } from '../../src/config.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { heldOut } from '../bot/text/corpus/held-out.ts';
import { judge, understand } from '../bot/text/corpus/judge.ts';
import { tuned } from '../bot/text/corpus/tuned.ts';
import type { Utterance } from '../bot/text/corpus/utterance.ts';
import { voices } from '../bot/text/corpus/voices.ts';
import { medianOf, type Place, startParty } from './compare.ts';
import type { Figures, Party } from './load.ts';
import { today } from './people.ts';
import { type Result, show } from './report.ts';

const parts = { tuned, voices, heldOut };
type Part = keyof typeof parts | 'commands';

/** Times that a round reads every text. */
const times = 20;

const lines = commands.flatMap(({ examples }) => examples.map((text) => ({ text, today, speaker: 'clerk' as const })));

/** Reads all sentences of a part of the corpus, or every example of every command. */
export async function openSpeech({ part }: { part: Part }): Promise<Party> {
  const policies = loadPolicy(join(packageRoot, 'data/policy'));
  const judged: readonly Utterance[] = part === 'commands' ? [] : parts[part];
  const said = part === 'commands' ? lines : judged;
  const verdicts = await Promise.all(judged.map((one) => judge(one, policies)));
  return {
    round: async () => {
      const start = performance.now();
      for (let n = 0; n < times; n += 1) for (const one of said) await understand(one, policies);
      const ms = performance.now() - start;
      return {
        sentences: said.length,
        microseconds: (ms * 1000) / (said.length * times),
        asExpected: verdicts.filter(({ asExpected }) => asExpected).length,
        wrong: verdicts.filter(({ wrong }) => wrong).length,
      };
    },
    close: () => Promise.resolve(),
  };
}

/** How much of free speech is understood, on sentences that the grammar was built on and on those it never saw, and how fast. */
export async function speech({ script }: Place): Promise<Result> {
  const measure = async (part: Part) => {
    const party = await startParty(script, ['speech', { part }]);
    await party.round({ messages: 1, atOnce: 1 });
    const samples: Figures[] = [];
    for (let round = 0; round < 5; round += 1) samples.push(await party.round({ messages: 1, atOnce: 1 }));
    await party.stop();
    const of = (figure: string): number => medianOf(samples, figure);
    return { sentences: of('sentences'), right: of('asExpected'), wrong: of('wrong'), µs: of('microseconds') };
  };
  const built = await measure('tuned');
  const learnt = await measure('voices');
  const unseen = await measure('heldOut');
  const typed = await measure('commands');
  const sum = (figure: 'sentences' | 'right' | 'wrong'): number => built[figure] + learnt[figure] + unseen[figure];
  const percent = (right: number, of: number): number => (100 * right) / of;
  const row = (label: string, one: typeof built): string[] => [
    label,
    show(one.sentences),
    `${show(percent(one.right, one.sentences))} %`,
    String(one.wrong),
    show(one.µs),
  ];
  return {
    tables: [
      {
        title: 'Free speech',
        columns: ['sentences', 'number', 'as expected', 'wrong records', 'µs each'],
        rows: [
          row('the grammar was built on', built),
          row('three more voices, learnt afterwards', learnt),
          row('held out', unseen),
          ['examples of all commands', show(typed.sentences), '', '', show(typed.µs)],
        ],
      },
    ],
    aims: [
      {
        what: 'sentences as expected, overall',
        measured: percent(sum('right'), sum('sentences')),
        atLeast: 95,
        unit: '%',
      },
      {
        what: 'held-out sentences as expected',
        measured: percent(unseen.right, unseen.sentences),
        atLeast: 90,
        unit: '%',
      },
      { what: 'wrong records', measured: sum('wrong'), atMost: 0, unit: '' },
      { what: 'reading a held-out sentence', measured: unseen.µs, atMost: 200, unit: 'µs' },
    ],
  };
}
