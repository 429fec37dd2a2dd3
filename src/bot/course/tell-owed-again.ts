import { cadres } from '../../domain/cadre.ts';
import { courses } from '../../domain/course.ts';
import type { HourEntry } from '../../domain/hours.ts';
import { makeUpName } from '../../domain/make-up-chase.ts';
import { buttons, card, link, words } from '../../messenger/reply.ts';
import { makeUpTexts as texts } from '../../texts/make-up.ts';
import type { Context } from '../context.ts';
import { owedAgain } from '../ledger.ts';

/** Tells a person at once which make-ups they owe again, since the training that had proven them was changed just now. */
export async function tellOwedAgain(
  { tx, now, today, tell }: Pick<Context, 'tx' | 'now' | 'today' | 'tell'>,
  entry: HourEntry,
) {
  for (const makeUp of await owedAgain(tx, entry, now)) {
    const course = await tx.get(courses, makeUp.courseId);
    if (course === undefined || (await tx.get(cadres, makeUp.staffNo))?.state !== 'active') continue;
    const said = texts.toldOwedAgain(makeUp, course, today);
    await tell(
      makeUp.staffNo,
      card(
        texts.title,
        'warn',
        said,
        words(said),
        buttons(link(texts.open(makeUp).slice(0, 20), '补训', { course: course.id, no: makeUp.no })),
      ),
      { key: `make-up:${makeUpName(makeUp)}:${makeUp.version}`, purpose: 'decision' },
    );
  }
}
