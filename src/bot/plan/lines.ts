import { type PlannedTraining, plannedTrainingSchema } from '../../domain/annual-plan.ts';
import { type Cadre, unitsOf } from '../../domain/cadre.ts';
import { type Selection, selectPeople } from '../../domain/selection.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import { type PlanLine, readPlanLine } from '../text/plan.ts';
import { readSelection } from '../text/selection.ts';

export type Drafted = Omit<PlannedTraining, 'id'>;

/** One line of a plan, and how a fault names it. */
export interface SaidLine {
  readonly said: string;
  readonly sayFault: (what: string) => string;
  /** What is wrong in it already, as its spreadsheet shows: where something stands in for it, it is not judged again. */
  readonly faults: readonly string[];
}

/** Reads the lines of a plan; a line that is not understood keeps all of them back. */
export function draftLines(
  lines: readonly SaidLine[],
  year: number,
  roster: readonly Cadre[],
  made: Pick<Drafted, 'by' | 'at'>,
): { readonly trainings: readonly Drafted[]; readonly faults: readonly string[] } {
  const trainings: Drafted[] = [];
  const faults: string[] = [];
  for (const { said, sayFault, faults: known } of lines) {
    const read = draftLine(said, year, roster, made);
    const wrong = [...known, ...('faults' in read ? read.faults : [])];
    if (wrong.length > 0) faults.push(sayFault(texts.faultsOf(wrong)));
    else if ('training' in read) trainings.push(read.training);
  }
  return { trainings, faults };
}

/** Reads one line, or says everything that is wrong with it. */
function draftLine(
  said: string,
  year: number,
  roster: readonly Cadre[],
  made: Pick<Drafted, 'by' | 'at'>,
): { readonly training: Drafted } | { readonly faults: readonly string[] } {
  const line = readPlanLine(said, year);
  if (line.title === null) return { faults: [texts.lacks.title] };
  const audience = readAudience(line.audience, roster);
  const faults = [
    ...('fault' in line.time ? [texts.times[line.time.fault](year)] : []),
    ...faultsOfParts(line, said),
    ...audience.faults,
  ];
  if (faults.length > 0 || 'fault' in line.time) return { faults };
  const training = plannedTrainingSchema.omit({ id: true }).safeParse({
    year,
    title: line.title,
    kind: line.kind ?? 'unspecified',
    form: line.form ?? 'intensive',
    ...line.time,
    parts: line.parts,
    selection: audience.selection,
    audience: line.audience.slice(0, 300),
    courseId: null,
    dropped: false,
    ...made,
  });
  return training.success ? { training: training.data } : { faults: [texts.lacks.title] };
}

function faultsOfParts({ parts, strayParts }: PlanLine, said: string): string[] {
  const { lacks } = texts;
  if (parts.length === 0) return [/学时|课时/.test(said) ? lacks.oddParts : lacks.parts];
  return strayParts.length === 0 ? [] : [lacks.oddParts];
}

function readAudience(said: string, roster: readonly Cadre[]): { selection: Selection; faults: string[] } {
  const { selection, doubts, unknown } = readSelection(said, roster, unitsOf(roster));
  // A list of names may be numbered; an audience with numbers has something else in it.
  const strays = said.split(/[\s、，,；;]+/).filter((word) => isStray(word, roster));
  const isSaid = said !== '' && unknown.length + doubts.length + strays.length === 0;
  const faults = [
    ...(said === '' ? [texts.lacks.audience] : []),
    ...(strays.length === 0 ? [] : [texts.strayNumbers(strays)]),
    ...(unknown.length === 0 ? [] : [texts.unknown(unknown)]),
    ...(doubts.length === 0 ? [] : [texts.doubtful(doubts.map((doubt) => doubt.said))]),
    ...(isSaid && selectPeople(selection, roster).length === 0 ? [texts.nobody] : []),
  ];
  return { selection, faults };
}

const isStray = (word: string, roster: readonly Cadre[]): boolean =>
  /^\d{1,3}$/.test(word) && roster.every(({ staffNo }) => staffNo !== word);
