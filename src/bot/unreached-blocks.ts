import type { Day } from '../domain/day.ts';
import { type Block, words } from '../messenger/reply.ts';
import { unreachedTexts as texts } from '../texts/unreached.ts';
import type { Unreached } from './unreached.ts';

const mostNamed = 20;

/** Whom messages do not reach now, by reason: how many, who, and what is to be done. */
export function unreachedBlocks(people: readonly Unreached[], messenger: string, today: Day): Block[] {
  if (people.length === 0) return [];
  const groups = new Map<string, Unreached[]>();
  for (const one of people) {
    const why = texts.why(one.why, one.reason, messenger);
    groups.set(why, [...(groups.get(why) ?? []), one]);
  }
  const lines = [...groups].flatMap(([why, group]) => {
    const names = group.slice(0, mostNamed).map(({ cadre, since }) => texts.person(cadre, since, today));
    const [first] = group;
    const remedy = first === undefined ? null : texts.remedy(first.why, first.reason);
    return [
      texts.group(why, group.length),
      `　${texts.people(names, group.length - names.length)}`,
      ...(remedy === null ? [] : [texts.remedyLine(remedy)]),
    ];
  });
  return [words([texts.title, ...lines, texts.again].join('\n'))];
}
