import { chats } from './bot/chats.ts';
import { claims } from './bot/claims.ts';
import { announcements } from './bot/course/announce.ts';
import { checkInSecrets } from './bot/course/check-in-code.ts';
import { checkInTries } from './bot/course/check-in-tries.ts';
import { dialogs } from './bot/dialogs.ts';
import { greetings } from './bot/happenings/greet.ts';
import { accounts, apps, bindings, bindingTries } from './bot/people.ts';
import { unreached } from './bot/unreached.ts';
import { annualPlans, plannedTrainings } from './domain/annual-plan.ts';
import { attendances } from './domain/attendance.ts';
import { bulletins } from './domain/bulletin.ts';
import { cadres } from './domain/cadre.ts';
import type { AnyCollection } from './domain/collection.ts';
import { comingTrainings } from './domain/coming-training.ts';
import { concerns } from './domain/concern.ts';
import { courses, enrolments } from './domain/course.ts';
import { examResults } from './domain/exam.ts';
import { hearings } from './domain/hearing.ts';
import { hourEntries, hourEvents } from './domain/hours.ts';
import { imports, rosterChanges } from './domain/import.ts';
import { leases } from './domain/lease.ts';
import { leaves } from './domain/leave.ts';
import { makeUps } from './domain/make-up.ts';
import { notices } from './domain/notice.ts';
import { objections } from './domain/objection.ts';
import { reflections } from './domain/reflection.ts';
import { rosterProposals } from './domain/roster-proposal.ts';
import { ruleChanges } from './domain/rule-change.ts';
import { jobSlots } from './jobs/slots.ts';
import { feishuPrivateChats } from './messenger/feishu/private-chats.ts';
import { outbox } from './messenger/outbox.ts';
import { simulatorState } from './messenger/simulator/clock.ts';
import { simulatorMessages } from './messenger/simulator/messages.ts';
import { settings } from './settings.ts';

/** Everything that a store keeps. */
export const collections: readonly AnyCollection[] = [
  cadres,
  accounts,
  apps,
  bindings,
  bindingTries,
  chats,
  hourEntries,
  hourEvents,
  reflections,
  imports,
  rosterChanges,
  rosterProposals,
  notices,
  hearings,
  bulletins,
  ruleChanges,
  comingTrainings,
  plannedTrainings,
  annualPlans,
  courses,
  enrolments,
  concerns,
  attendances,
  checkInSecrets,
  checkInTries,
  leaves,
  makeUps,
  examResults,
  objections,
  announcements,
  settings,
  claims,
  greetings,
  unreached,
  dialogs,
  outbox,
  leases,
  jobSlots,
  feishuPrivateChats,
  simulatorMessages,
  simulatorState,
];
