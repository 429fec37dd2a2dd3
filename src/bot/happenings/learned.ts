import { dayOf } from '../../domain/day.ts';
import { submitEvent } from '../../domain/entry-life.ts';
import { hourEntries } from '../../domain/hours.ts';
import type { Happening } from '../../messenger/messenger.ts';
import { listAll } from '../../store/store.ts';
import { learnedTexts as texts } from '../../texts/happenings.ts';
import type { HappeningContext } from '../context.ts';
import { appendHourEvent, nextEntryId } from '../ledger.ts';
import { recognise } from '../recognise.ts';

type Learned = Extract<Happening['what'], { type: 'learned' }>;

/**
 * A finished course of the platform's own becomes an entry that waits for the department's decision, where 参数 say how
 * many minutes make an hour; 0, as long as nobody has decided otherwise, takes nothing. One entry a registration, whatever
 * became of it; quarters of an hour, rounded down.
 */
export async function takeLearned(context: HappeningContext, learned: Learned): Promise<void> {
  const { tx, messenger, policies, now } = context;
  const to = dayOf(learned.finishedAt);
  const policy = policies.at(to);
  if (policy.onlineMinutes === 0) return;
  const cadre = await recognise(tx, messenger, learned.person);
  if (cadre?.state !== 'active') return;
  const hours = Math.floor((learned.seconds * 4) / (policy.onlineMinutes * 60)) * 25;
  if (hours <= 0) return;
  const proof = texts.proof(learned.record).slice(0, 300);
  const { staffNo } = cadre;
  const mine = await listAll(tx, hourEntries, { index: 'byPerson', equals: [staffNo] });
  if (mine.some((entry) => entry.proof === proof)) return;
  const title = learned.course.trim().slice(0, 200) || texts.nameless;
  const entryId = await nextEntryId(tx);
  const event = submitEvent({
    entryId,
    staffNo,
    by: 'system',
    at: now,
    facts: {
      from: to,
      to,
      hours,
      content: 'knowledge',
      kind: 'unspecified',
      form: 'online',
      title,
      organiser: null,
      place: null,
      proof,
      result: null,
      note: texts.note,
    },
    source: 'course',
    importId: null,
  });
  await appendHourEvent(tx, event, policy);
}
