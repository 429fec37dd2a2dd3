import type { Day } from '../../domain/day.ts';
import { contentNames } from '../../texts/glossary.ts';
import type { DayWorth } from './amounts.ts';
import { readSessionLine } from './course.ts';
import { findLongWords } from './vocabulary.ts';

const asking =
  '(?:请|麻烦|帮我|帮忙|帮|给我|我们?|组织部|想要?|要|需要?|准备|打算|怎么样?|怎样|如何|能不能|可以|能|来|再|新|\\s)*';
const verb = '(?:开办|开设|举办|新建|建立|组织|开|建|办)';
/** 我要开个班, 怎么建班, 想办一个培训班, 建一个班：《…》 …. */
const bareClass = new RegExp(
  `^${asking}${verb}(?:一?个|一期|期)?(?:新的?)?(?:培训)?班(?=$|[^\\p{L}\\p{N}]|[吧呢呀啊吗])([\\s\\S]*)$`,
  'u',
);
/** 明天上午开一个党性教育班，3学时，全体正职参加. */
const namedClass = new RegExp(
  `^([^，,。；;《]{0,20}?)${verb}(?:一个|个|一期)([^\\s，,。；;：:《》]{1,30}班)(?=$|[\\s，,。；;：:])([\\s\\S]*)$`,
);
/** 组织一次党性教育培训，12月8日上午，4学时，全体中层干部: with those who are to come, and a day that is not past. */
const groupClass = new RegExp(
  `^([^，,。；;《]{0,30}?)(?:${verb}|安排)(?:一[个期次场]|[个期次场])?([^\\s，,。；;：:《》]{1,30}(?:班|培训|轮训))(?=$|[\\s，,。；;：:])([\\s\\S]*)$`,
);
const groupWords = /(?:全体|所有|正职|副职|中层干部|处级干部|年轻干部|负责人)(?=$|[\s，,。；;、]|(?:都|来)?参加)/;
const audience = /(?:给|为|面向)([^\s，,]+?)$/;
const isTold = /昨|前天|上[周月个]|去年|[了过]$|参加/;
/** Whoever has been there tells of a training. */
const wasThere = /参加[了过]|已(?:经)?参加/;
const plan =
  /^(?:请|麻烦|帮我|帮忙|我们?|想要?|要|需要?|\s)*(?:编制?|做|制定|制订|拟定?|写|排|看看?)?(?:一下|一个|一份|下)?\s*(20\d\d|[今明去]年)\s*年?度?的?\s*(?:干部)?(?:教育)?(?:培训)?计划$/;

/** What somebody of the department asks for in everyday words, as the line that it stands for; null: none of it. */
export function readDeskRequest(text: string, today: Day, policy: DayWorth): string | null {
  const said = text.replace(/[。.!！?？~～\s]+$/, '');
  const [, closed] = /^确[认定]结班(?![\p{L}])\s*([\s\S]*)$/u.exec(said) ?? [];
  if (closed !== undefined) return closed === '' ? '结班 确认' : `结班 ${closed} 确认`;
  const [, year] = plan.exec(said) ?? [];
  if (year !== undefined) return `计划 ${year}`;
  const [whole, rest = ''] = bareClass.exec(said) ?? [];
  if (whole !== undefined) return `建班 ${rest.replace(/^[^《\p{L}\p{N}]+|^[吧呢呀啊吗][\s\S]*$/u, '')}`.trim();
  const named = namedClass.exec(said) ?? groupClass.exec(said);
  const [, when = '', title, more = ''] = named ?? [];
  if (title === undefined || isTold.test(when) || wasThere.test(more)) return null;
  const whom = audience.exec(when)?.[1] ?? '';
  const isNamed = namedClass.test(said);
  const { day: first } = readSessionLine(`${when} ${more}`, today, policy);
  const isComing = first !== null && first >= today && (groupWords.test(more) || whom !== '');
  if (!isNamed && !isComing) return null;
  const content = findLongWords(title).flatMap((word) => (word.slot === 'content' ? [contentNames[word.value]] : []));
  const day = when.replace(audience, '').replace(new RegExp(`^${asking}|${asking}$`, 'g'), '');
  const wishes = more.replace(/^[\s，,。；;：:]+/, '').replace(/(?:都|来)?(?<!不)参加(?=$|[\s，,。；;])/g, ' ');
  return `建班 《${title}》 ${day} ${content[0] ?? ''} ${wishes} ${whom}`.trim();
}
