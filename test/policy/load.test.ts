import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/policy/load.ts';
import { PolicyError } from '../../src/policy/policy-error.ts';
import { ruleNames } from '../../src/policy/rules.ts';

const shipped = join(import.meta.dirname, '../../data/policy');
const names = ['cycle.json', 'hours.json', 'reflection.json', 'chasing.json', 'bulletin.json', 'classes.json'];

interface RuleDraft {
  name: string;
  unit: string;
  clause: string;
  versions: { from: string; value: unknown; note?: string }[];
  [more: string]: unknown;
}

describe('the policy that comes with the product', () => {
  const book = loadPolicy(shipped);

  it('states every rule once, with a clause, in the order of the program', () => {
    expect(book.rules.map((rule) => rule.name)).toEqual(ruleNames);
    expect(book.rules.find((rule) => rule.name === 'fiveYearQuota')).toMatchObject({
      clause: '三.5',
      unit: '学时',
      versions: [{ value: 550 }],
    });
  });

  it('reads hours as hundredths', () =>
    expect(book.at('2026-11-20')).toMatchObject({ fiveYearQuota: 55_000, halfDayHours: 400, dailyCapEvening: 1000 }));

  it.each([
    ['before the first version', '2009-05-01', '2018-01-01'],
    ['the first day of a cycle', '2018-01-01', '2018-01-01'],
    ['the last day of a cycle', '2022-12-31', '2018-01-01'],
    ['the day after it', '2023-01-01', '2023-01-01'],
    ['the last known day', '2027-12-31', '2023-01-01'],
    ['the first day that no version knows', '2028-01-01', '2028-01-01'],
    ['long after', '2041-06-01', '2038-01-01'],
  ])('%s', (_, day, from) => expect(book.at(day).cycle.from).toBe(from));

  it('is one object between two changes', () => {
    expect(book.at('2026-01-01')).toBe(book.at('2026-11-20'));
    expect(book.at('2022-12-31')).not.toBe(book.at('2023-01-01'));
  });
});

describe('a policy folder', () => {
  let dir: string;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'policy-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  beforeEach(() => {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir);
    for (const name of names) writeFileSync(join(dir, name), readFileSync(join(shipped, name)));
  });

  function edit(name: string, change: (rules: RuleDraft[]) => unknown): void {
    const path = join(dir, name);
    const content = JSON.parse(readFileSync(path, 'utf8')) as { rules: RuleDraft[] };
    const changed = change(content.rules);
    writeFileSync(path, JSON.stringify({ rules: changed ?? content.rules }));
  }

  const rule = (rules: RuleDraft[], name: string): RuleDraft => {
    const found = rules.find((each) => each.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  const value = (name: string, changed: unknown) => (rules: RuleDraft[]) => {
    const [version] = rule(rules, name).versions;
    if (version !== undefined) version.value = changed;
  };

  function faults(): readonly string[] {
    try {
      loadPolicy(dir);
    } catch (error) {
      if (error instanceof PolicyError) return error.faults;
      throw error;
    }
    return [];
  }

  it('may lie anywhere, start with a byte order mark and have no holiday tables', () => {
    const path = join(dir, 'hours.json');
    writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`);
    const book = loadPolicy(dir);
    expect(book.calendar.years).toEqual([]);
    expect(book.at('2026-11-20').dayHours).toBe(800);
  });

  it('a later version holds from its day on, and quarter hours are exact', () => {
    edit('hours.json', (rules) => {
      rule(rules, 'centralGroupHours').versions.push(
        { from: '2027-01-01', value: 0.29 },
        { from: '2028-01-01', value: 3 },
      );
    });
    const book = loadPolicy(dir);
    const days = ['2026-12-31', '2027-01-01', '2027-12-31', '2028-01-01'];
    expect(days.map((day) => book.at(day).centralGroupHours)).toEqual([200, 29, 29, 300]);
  });

  it('that does not exist is named', () => {
    rmSync(dir, { recursive: true });
    expect(faults()).toEqual([`找不到制度参数文件夹 ${dir}，应为含 *.json 的文件夹，请检查 POLICY_DIR。`]);
  });

  it('that is empty lacks every rule', () => {
    for (const name of names) rmSync(join(dir, name));
    expect(faults()).toEqual(ruleNames.map((name) => `缺少规则 ${name}，应在某个 *.json 的 rules 里写明一次。`));
  });

  it.each<[string, string, (rules: RuleDraft[]) => unknown, string]>([
    ['a rule left out', 'bulletin.json', () => [], '缺少规则 smallestUnitShown，应在某个 *.json 的 rules 里写明一次。'],
    [
      'a misspelt name',
      'bulletin.json',
      (rules) => {
        rule(rules, 'smallestUnitShown').name = 'smalestUnitShown';
      },
      'bulletin.json：规则 smalestUnitShown 不认识，应为尚缺的 smallestUnitShown 之一。',
    ],
    [
      'a name too many',
      'bulletin.json',
      (rules) => [...rules, { ...rule(rules, 'smallestUnitShown'), name: 'ranking' }],
      'bulletin.json：规则 ranking 不认识，应为已有的规则名，或删去这一条。',
    ],
    [
      'a name like a member of every object',
      'bulletin.json',
      (rules) => [...rules, { ...rule(rules, 'smallestUnitShown'), name: 'constructor' }],
      'bulletin.json：规则 constructor 不认识，应为已有的规则名，或删去这一条。',
    ],
    [
      'a rule written twice',
      'hours.json',
      (rules) => [...rules, rule(rules, 'dayHours')],
      'hours.json：规则 dayHours 在 hours.json 里已经写过，应只写一次。',
    ],
    [
      'a wrong unit',
      'hours.json',
      (rules) => {
        rule(rules, 'dayHours').unit = '小时';
      },
      'hours.json：规则 dayHours 的单位是“小时”，应为“学时”。',
    ],
    [
      'a number as text',
      'hours.json',
      value('dayHours', '8'),
      'hours.json：规则 dayHours 自 2018-01-01 起的值是 "8"，应为 0.25 至 24 之间、至多两位小数的学时数。',
    ],
    [
      'a number out of range',
      'hours.json',
      value('dayHours', 25),
      'hours.json：规则 dayHours 自 2018-01-01 起的值是 25，应为 0.25 至 24 之间、至多两位小数的学时数。',
    ],
    [
      'a third decimal',
      'hours.json',
      value('dayHours', 0.333),
      'hours.json：规则 dayHours 自 2018-01-01 起的值是 0.333，应为 0.25 至 24 之间、至多两位小数的学时数。',
    ],
    [
      'a share above a hundred',
      'cycle.json',
      value('theoryShare', 101),
      'cycle.json：规则 theoryShare 自 2018-01-01 起的值是 101，应为 0 至 100 之间的整数。',
    ],
    [
      'no value at all',
      'cycle.json',
      value('proRata', undefined),
      'cycle.json：规则 proRata 的 versions 第 1 项 value 是空缺，应为写明的值。',
    ],
    [
      'a time that does not exist',
      'chasing.json',
      value('chasing.to', '24:00'),
      'chasing.json：规则 chasing.to 自 2018-01-01 起的值是 "24:00"，应为写成 08:30 的时刻。',
    ],
    [
      'a day that does not exist',
      'reflection.json',
      value('reflection.since', '2026-02-29'),
      'reflection.json：规则 reflection.since 自 2018-01-01 起的值是 "2026-02-29"，应为写成 2026-09-01 的日期，且确有这一天。',
    ],
    [
      'an unknown form of training',
      'reflection.json',
      value('reflection.forms', ['intensive', 'lecture']),
      'reflection.json：规则 reflection.forms 自 2018-01-01 起的值的第 2 项是 "lecture"，应为 advanced-study、intensive、central-group、online、secondment、self-study、unspecified 之一。',
    ],
    [
      'an unknown clause',
      'hours.json',
      (rules) => {
        rule(rules, 'dayHours').clause = '第五条';
      },
      'hours.json：规则 dayHours 的 clause 是 "第五条"，应为三.4 这样的条款、国家规定、通行做法或产品规定。',
    ],
    [
      'no clause',
      'hours.json',
      (rules) => {
        const { clause: _, ...rest } = rule(rules, 'dayHours');
        return rules.map((each) => (each.name === 'dayHours' ? rest : each));
      },
      'hours.json：规则 dayHours 的 clause 是空缺，应为三.4 这样的条款、国家规定、通行做法或产品规定。',
    ],
    [
      'a word that does not belong there',
      'hours.json',
      (rules) => {
        rule(rules, 'dayHours')['valid'] = true;
      },
      'hours.json：规则 dayHours 多了 valid，应删去或改正拼写。',
    ],
    [
      'no versions',
      'hours.json',
      (rules) => {
        rule(rules, 'dayHours').versions = [];
      },
      'hours.json：规则 dayHours 的 versions 是 []，应为至少一个版本的列表。',
    ],
    [
      'a date of a version that does not exist',
      'hours.json',
      (rules) => {
        rule(rules, 'dayHours').versions = [{ from: '2018-13-01', value: 8 }];
      },
      'hours.json：规则 dayHours 的 versions 第 1 项 from 是 "2018-13-01"，应为写成 2026-09-01 的日期，且确有这一天。',
    ],
    [
      'versions out of order',
      'hours.json',
      (rules) => {
        rule(rules, 'dayHours').versions.push({ from: '2017-01-01', value: 7.5 });
      },
      'hours.json：规则 dayHours 的版本 2017-01-01 排在 2018-01-01 之后，应按生效日期从早到晚排列且不重复。',
    ],
    [
      'two versions of one day',
      'hours.json',
      (rules) => {
        rule(rules, 'dayHours').versions.push({ from: '2018-01-01', value: 7.5 });
      },
      'hours.json：规则 dayHours 的版本 2018-01-01 排在 2018-01-01 之后，应按生效日期从早到晚排列且不重复。',
    ],
    [
      'cycles that overlap',
      'cycle.json',
      (rules) => {
        rule(rules, 'cycle').versions[0] = { from: '2018-01-01', value: { from: '2018-01-01', to: '2023-12-31' } };
      },
      'cycle.json：规则 cycle 的周期从 2023-01-01 开始，应紧接上一周期，从 2024-01-01 开始。',
    ],
    [
      'a cycle that begins on another day than it comes into force',
      'cycle.json',
      (rules) => {
        rule(rules, 'cycle').versions = [{ from: '2018-01-01', value: { from: '2019-01-01', to: '2023-12-31' } }];
      },
      'cycle.json：规则 cycle 自 2018-01-01 起的周期从 2019-01-01 开始，应与生效日期相同。',
    ],
    [
      'a cycle that ends within a year',
      'cycle.json',
      (rules) => {
        rule(rules, 'cycle').versions = [{ from: '2018-01-01', value: { from: '2018-01-01', to: '2023-06-30' } }];
      },
      'cycle.json：规则 cycle 自 2018-01-01 起的值是 {"from":"2018-01-01","to":"2023-06-30"}，应为整年：自某年 1 月 1 日至同年或以后某年的 12 月 31 日。',
    ],
    [
      'numbers that contradict each other',
      'hours.json',
      value('dailyCap', 12),
      '自 2018-01-01 起，dailyCap 是 12，应不大于 dailyCapEvening（10）。',
    ],
    [
      'hours of reminding that begin after the daily message',
      'chasing.json',
      value('chasing.from', '09:30'),
      'chasing.json：规则 chasing.from 自 2018-01-01 起的值是 "09:30"，应为不晚于每日提醒时刻 09:07 的时刻。',
    ],
    [
      'hours of reminding that end before the daily message',
      'chasing.json',
      value('chasing.to', '09:00'),
      'chasing.json：规则 chasing.to 自 2018-01-01 起的值是 "09:00"，应为晚于每日提醒时刻 09:07 的时刻。',
    ],
  ])('with %s gets one sentence', (_, file, change, sentence) => {
    edit(file, change);
    expect(faults()).toEqual([sentence]);
  });

  it.each([
    ['{"rules": [}', 'hours.json：第 1 行第 12 个字符处不是正确的 JSON，应检查此处及之前的逗号、引号和括号。'],
    ['{"rules": []', 'hours.json：第 1 行第 13 个字符处不是正确的 JSON，应检查此处及之前的逗号、引号和括号。'],
    ['[]', 'hours.json：内容是 []，应为含 rules 的对象。'],
    ['{"rules": {}}', 'hours.json：rules 是 {}，应为规则的列表。'],
  ])('with the file %j gets one sentence', (content, sentence) => {
    writeFileSync(join(dir, 'hours.json'), content);
    expect(faults()).toEqual([sentence]);
  });

  it('with a rule that is no object is told which', () => {
    edit('bulletin.json', (rules) => [...rules, 7]);
    expect(faults()).toEqual(['bulletin.json：第 2 条规则是 7，应为含 name、title、clause、unit、versions 的规则。']);
  });

  it('with a folder in the place of a file is told so', () => {
    mkdirSync(join(dir, 'more.json'));
    expect(faults()).toEqual(['more.json：读不出来（EISDIR），应为可读的 UTF-8 文件。']);
  });

  it('with a holiday file of another name or content is told so', () => {
    mkdirSync(join(dir, 'holidays'));
    writeFileSync(join(dir, 'holidays', 'next.json'), '{}');
    expect(faults()).toContain('holidays/next.json：文件名不对，应为 2026.json 这样的年份。');
  });

  it('with many faults gets a sentence for each, all at once', () => {
    edit('hours.json', value('dayHours', '8'));
    edit('cycle.json', value('proRata', 1));
    edit('bulletin.json', () => []);
    const found = faults();
    expect(found).toHaveLength(3);
    expect(() => loadPolicy(dir)).toThrow(['制度参数有 3 处错误，请改正后重新启动：', ...found].join('\n'));
  });
});
