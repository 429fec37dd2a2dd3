import { deskOf } from '../bot/people.ts';
import { noteUnreached } from '../bot/unreached.ts';
import { planned } from '../domain/notice.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { ShortJob } from './job.ts';
import { keepNew } from './planning.ts';
import { everyWorkday } from './schedule.ts';

/**
 * Plans a word to the clerks (to the head of the department where there is none) when messages do not reach somebody whom
 * they have not been told of: it goes out with the digest, inside its hours and under its cap.
 */
export const unreachedPeople: ShortJob = {
  name: 'unreached',
  type: 'short',
  schedule: { time: '08:53', on: everyWorkday, words: texts.everyWorkday('08:53'), catchUp: 1 },
  run: async ({ tx, asOf, messenger }) => {
    const fresh = await noteUnreached(tx, messenger, asOf);
    if (fresh === 0) return texts.planned(0);
    const notices = (await deskOf(tx)).map(({ staffNo }) =>
      planned({
        key: `unreached:${asOf}:${staffNo}`,
        staffNo,
        subject: 'unreached',
        tier: 'department',
        about: asOf,
        plannedOn: asOf,
        figures: { messenger, fresh },
      }),
    );
    return texts.planned(await keepNew(tx, notices));
  },
};
