import { commands } from '../../../../commands/index.ts';
import type { Finding } from '../../../../src/bot/finding.ts';
import { readText } from '../../../../src/bot/interpret.ts';
import { instantAt, yearOf } from '../../../../src/domain/day.ts';
import type { PolicyBook } from '../../../../src/domain/policy.ts';
import { plainText } from '../../../../src/messenger/reply.ts';
import { logTexts } from '../../../../src/texts/hours.ts';
import { speechTexts } from '../../../../src/texts/speech.ts';
import { people } from '../../../support/college.ts';
import type { ExpectedDraft, Utterance } from './utterance.ts';

export interface Verdict {
  readonly text: string;
  readonly asExpected: boolean;
  /** It records what must not be recorded, or something else than what was said. */
  readonly wrong: boolean;
  readonly got: string;
}

type Args = Readonly<Record<string, unknown>>;
const slots = ['from', 'to', 'hours', 'halfDays', 'content', 'kind', 'form', 'title', 'place', 'organiser'] as const;

/** What a text means to the real reader, with nothing open. */
export const understand = ({ text, today, speaker }: Omit<Utterance, 'expected'>, policies: PolicyBook) =>
  readText(
    {
      commands,
      me: people[speaker],
      today,
      now: instantAt(today, '10:00'),
      policy: policies.at(today),
      chat: { id: 'p', type: 'private' },
      preview: null,
      workbook: null,
      offers: () => Promise.resolve([]),
      question: () => Promise.resolve(null),
    },
    { text, files: [] },
  );

export async function judge(utterance: Utterance, policies: PolicyBook): Promise<Verdict> {
  const found = await understand(utterance, policies);
  const { expected, today, text } = utterance;
  const drafted = 'command' in found && found.command.name === '登记' ? slotsOf(found.args as Args) : null;
  const wanted = expected.type === 'draft' ? wantedSlots(expected.draft, yearOf(today)) : null;
  const differs = (name: string): boolean => drafted?.[name] !== undefined && drafted[name] !== wanted?.[name];
  const isConfirmed = drafted !== null && 'args' in found && (found.args as Args)['confirmed'] === true;
  return {
    text,
    got: show(found),
    asExpected: isAsExpected(utterance, found),
    wrong: drafted !== null && (wanted === null || isConfirmed || slots.some(differs)),
  };
}

const slotsOf = (args: Args): Args => Object.fromEntries(slots.map((name) => [name, args[name]]));

function wantedSlots({ on, half, ...rest }: ExpectedDraft, year: number): Args {
  const [from, to = from] = (on ?? '').split('..').map((day) => (day.length === 5 ? `${year}-${day}` : day));
  return { ...rest, ...(half === undefined ? {} : { halfDays: half }), ...(on === undefined ? {} : { from, to }) };
}

function isAsExpected({ expected, today }: Utterance, found: Finding): boolean {
  const said = 'reply' in found ? plainText(found.reply) : null;
  const name = 'command' in found ? found.command.name : null;
  const args = ('args' in found ? found.args : {}) as Args;
  switch (expected.type) {
    case 'draft': {
      const wanted = wantedSlots(expected.draft, yearOf(today));
      const asked = (args['problem'] as { slot: string } | undefined)?.slot;
      return name === '登记' && slots.every((slot) => args[slot] === wanted[slot]) && asked === expected.draft.asks;
    }
    case 'command':
      return name === expected.command && Object.entries(expected.args).every(([key, value]) => same(args[key], value));
    case 'refused':
      return said === logTexts.refused[expected.why];
    case 'answer':
      return said !== null && sayAbout(expected.about).test(said);
    case 'unknown':
      return said !== null && /^没有听懂|^听到了“/.test(said);
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sayAbout = (about: (Utterance['expected'] & { type: 'answer' })['about']): RegExp =>
  about === 'reflection-rules'
    ? /^学习体会不少于 \d+ 字/
    : new RegExp(`^${about === 'own-only' ? speechTexts.ownOnly : speechTexts[about]}$`);

const show = (found: Finding): string =>
  'reply' in found ? plainText(found.reply) : `${found.command.name} ${JSON.stringify(found.args)}`;
