import { join } from 'node:path';
import { commands } from '../../commands/index.ts';
import type { Command } from '../../src/bot/command.ts';
import { type Rank, ranks, rightsMatrix } from '../../src/bot/rights.ts';
import { packageRoot } from '../../src/config.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { instantAt } from '../../src/domain/day.ts';
import { jobs } from '../../src/jobs/index.ts';
import { createRunner } from '../../src/jobs/runner.ts';
import type { Happening } from '../../src/messenger/messenger.ts';
import { type Reply, text } from '../../src/messenger/reply.ts';
import { loadSampleCollege } from '../../src/sample-college.ts';
import { listAll } from '../../src/store/store.ts';
import { group, openChat, type TestChat, type Window } from './chat.ts';

/** Who speaks in a script: somebody of the sample college for each rank, or the cadre in the group. */
export type Who = Rank | 'group';

/**
 * What is done: a text is said; a file is sent; a button is tapped by its label; the newest form is filled; a day comes;
 * something happens that nobody says.
 */
export type Step =
  | string
  | { readonly tap: string }
  | { readonly send: string; readonly make: () => Promise<Uint8Array> }
  | { readonly fill: Readonly<Record<string, string | readonly string[]>> }
  | { readonly day: string; readonly time: string }
  | { readonly happening: string; readonly what: Happening['what'] };
export const tap = (label: string): Step => ({ tap: label });
export const happens = (happening: string, what: Happening['what']): Step => ({ happening, what });
export const send = (name: string, make: () => Promise<Uint8Array>): Step => ({ send: name, make });
export const fill = (values: Readonly<Record<string, string | readonly string[]>>): Step => ({ fill: values });

export interface Script {
  readonly title: string;
  readonly lines: readonly (readonly [who: Who, ...steps: Step[]])[];
}

/** One thing that somebody was shown, and what was done before. */
export interface Exhibit {
  readonly script: string;
  readonly who: Who;
  readonly done: string;
  readonly chat: string;
  readonly reply: Reply;
}

export interface Gallery {
  readonly exhibits: readonly Exhibit[];
  /** By command: who ran it, and in which script. */
  readonly ran: ReadonlyMap<string, readonly Pick<Exhibit, 'who' | 'script'>[]>;
  /** Steps that could not be done, or after which nobody was shown anything. */
  readonly stuck: readonly string[];
  /** Everybody in the college, and by what they are reached elsewhere. */
  readonly names: readonly string[];
  readonly contacts: readonly string[];
  readonly chat: TestChat;
}

/** Somebody of the sample college who is just this. */
export const persons: Readonly<Record<Rank, string>> = {
  stranger: 'visitor',
  cadre: 'E0001',
  'unit-head': 'E0086',
  clerk: 'E0003',
  'department-head': 'E0002',
  archivist: 'E0004',
  operator: 'E0005',
};

/** How scripts end that are made from the declarations. */
export const examplesOf = '：示例与权限';

/** For every command: every example by every rank that may use it; the first one by whoever may not, and in the group. */
export const rightsScripts: readonly Script[] = rightsMatrix(commands).map(({ command, allowed }) => ({
  title: `${command.name}${examplesOf}`,
  lines: [
    ...ranks.map((rank) => [rank, ...(allowed[rank] ? command.examples : command.examples.slice(0, 1))] as const),
    ['group', ...command.examples.slice(0, 1)] as const,
  ],
}));

/** Runs scripts one after another through the bot's own dispatch, on the sample college, and keeps all that is shown. */
export async function makeGallery(scripts: readonly Script[]): Promise<Gallery> {
  const exhibits: Exhibit[] = [];
  const ran = new Map(commands.map(({ name }) => [name, [] as Pick<Exhibit, 'who' | 'script'>[]]));
  const stuck: string[] = [];
  let on: Pick<Exhibit, 'script' | 'who' | 'done'> | null = null;
  const show = (chat: string, reply: Reply): void => {
    if (on !== null) exhibits.push({ ...on, chat, reply });
  };
  const note = (command: Command): void => {
    if (on !== null) ran.get(command.name)?.push(on);
  };
  const watched = commands.map((command): Command => {
    const { runForStranger } = command;
    return {
      ...command,
      execute: (context, args) => {
        note(command);
        return command.execute(context, args);
      },
      runForStranger:
        runForStranger &&
        ((context, args) => {
          note(command);
          return runForStranger(context, args);
        }),
    };
  });
  const chat = await openChat({ people: [], commands: watched, onShown: show });
  await loadSampleCollege(chat.store, chat.policies, {
    folder: join(packageRoot, 'data/samples'),
    messenger: 'simulator',
    group: { id: group, name: '中层干部学习群' },
    now: chat.clock.now(),
  });
  const everybody = await chat.store.read((view) => listAll(view, cadres));
  const names = everybody.map(({ name }) => name);
  const contacts = everybody.flatMap(({ mobile, email }) => [mobile, email]).filter((one) => one !== null);
  const faults: object[] = [];
  const runner = createRunner({
    store: chat.store,
    jobs: jobs.filter(({ name }) => name !== 'backup'),
    clock: chat.clock,
    policies: chat.policies,
    log: { info: () => {}, error: (fields) => faults.push(fields) },
    wake: () => {},
    messenger: 'simulator',
    backupDirectory: '',
  });
  const windowOf = (who: Who): Window => {
    if (who !== 'group') return chat.as(persons[who]);
    return chat.inGroup(persons.cadre);
  };
  const act = async (who: Who, step: Step): Promise<string> => {
    if (typeof step === 'string') return windowOf(who).says(step);
    if ('tap' in step) return windowOf(who).taps(step.tap);
    if ('send' in step) {
      const bytes = await step.make();
      const file = { name: step.send, size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) };
      return windowOf(who).sends(file);
    }
    if ('fill' in step) return windowOf(who).submits(step.fill);
    if ('happening' in step) {
      await chat.happens(step.what);
      return '';
    }
    chat.clock.set(instantAt(step.day, step.time));
    await runner.tick();
    return windowOf(who).says('待办');
  };
  for (const { title, lines } of scripts) {
    for (const [who, ...steps] of lines) {
      for (const step of steps) {
        on = { script: title, who, done: describeStep(step) };
        const before = exhibits.length;
        const answer = await act(who, step).catch((fault: unknown) => {
          stuck.push(`${title}: ${who} ${describeStep(step)}: ${String(fault).slice(0, 200)}`);
          return '';
        });
        // A word that came back to a tap alone.
        if (exhibits.length === before && answer !== '') show(`p:${who}`, text(answer));
        if (exhibits.length === before) stuck.push(`${title}: ${who} ${on.done}`);
      }
    }
    on = null;
    for (const who of new Set(lines.map(([one]) => one))) if (who !== 'stranger') await windowOf(who).says('取消');
  }
  if (faults.length > 0) throw new Error('a job failed', { cause: faults });
  return { exhibits, ran, stuck, names, contacts, chat };
}

function describeStep(step: Step): string {
  if (typeof step === 'string') return step;
  if ('tap' in step) return `【${step.tap}】`;
  if ('send' in step) return `文件“${step.send}”`;
  if ('happening' in step) return `（${step.happening}）`;
  if ('fill' in step) return `填写：${Object.values(step.fill).flat().join('、')}`;
  return `${step.day} ${step.time}`;
}
