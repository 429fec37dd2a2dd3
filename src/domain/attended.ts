import type { HourEntry } from './hours.ts';

/** 人次: what a person has of one class counts once. */
export function countAttendances(): {
  readonly value: number;
  add(entry: Pick<HourEntry, 'staffNo' | 'courseId'>): void;
} {
  const classes = new Set<string>();
  let others = 0;
  return {
    get value() {
      return classes.size + others;
    },
    add: ({ staffNo, courseId }) => {
      // A store that gives single fields gives null for what is absent.
      if (typeof courseId === 'number') classes.add(`${courseId}:${staffNo}`);
      else others += 1;
    },
  };
}
