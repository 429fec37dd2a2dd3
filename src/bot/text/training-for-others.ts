import type { Day } from '../../domain/day.ts';
import type { DayWorth } from './amounts.ts';
import { readTraining, type TrainingReading } from './training.ts';

const named = /(?:^|[\s，,；;。])(?:参训人员|参加人员|参加人|人员|名单|学员)\s?[:：]\s?/;
const confirmation = /确[认定](?:提交|登记)?[\s。！!]*$/;

/**
 * A training and the words that say who took part: behind 人员： or behind the title in 《》, otherwise what says nothing to
 * the grammar of trainings.
 */
export function readTrainingForOthers(
  text: string,
  today: Day,
  policy: DayWorth,
): { readonly training: TrainingReading; readonly people: string } {
  const said = text.replace(confirmation, '');
  const label = named.exec(said);
  const titleEnd = Math.max(...['》', '」', '』'].map((mark) => said.lastIndexOf(mark))) + 1;
  const end = label?.index ?? (titleEnd > 0 ? titleEnd : said.length);
  const tail = said.slice(end + (label?.[0].length ?? 0));
  const more = label === null ? leadingTraining(tail, today, policy) : '';
  const training = readTraining(`${said.slice(0, end)}${more}`, today, policy);
  const people = [training.leftover, tail.slice(more.length)]
    .map((words) => words.trim())
    .filter((words) => words !== '');
  return { training: { ...training, leftover: '' }, people: people.join('\n') };
}

/** Words that are looked at for it; a training has no more to say. */
const mostWords = 12;

/** Words behind the title that still tell of the training: 《专题党课》 集中培训 3学时 教务处全体. */
function leadingTraining(tail: string, today: Day, policy: DayWorth): string {
  let length = 0;
  for (const { 0: word, index } of [...tail.matchAll(/[\s，,；;]*[^\s，,；;]+/g)].slice(0, mostWords)) {
    const { slots, leftover, problems } = readTraining(word, today, policy);
    const saysOnlyThat = Object.keys(slots).length > 0 && leftover === '' && problems.length === 0;
    if (!saysOnlyThat || 'title' in slots) break;
    length = index + word.length;
  }
  return tail.slice(0, length);
}
