import { expect, it } from 'vitest';
import { readPlanLine } from '../../../src/bot/text/plan.ts';

const theory = { content: 'theory', hours: 800 };
const spirit = { content: 'party-spirit', hours: 1200 };
const ability = { content: 'professional', hours: 400 };
const march = { from: '2027-03-01', to: '2027-03-31' };

it.each([
  [
    '《党性教育专题班》 3月 党性教育 12学时 专业化能力 4学时 全体正职',
    { title: '党性教育专题班', time: march, parts: [spirit, ability], audience: '全体正职' },
  ],
  [
    '1\t理论轮训班\t4月至6月\t理论教育8\t集中轮训\t中心组学习\t教务处和科研处全体',
    {
      title: '理论轮训班',
      time: { from: '2027-04-01', to: '2027-06-30' },
      parts: [theory],
      kind: 'rotation',
      form: 'central-group',
      audience: '教务处和科研处全体',
    },
  ],
  [
    '《冬训》 2月3日至5日 12学时党性教育，8学时理论教育 张敏、E0002',
    { title: '冬训', time: { from: '2027-02-03', to: '2027-02-05' }, parts: [spirit, theory], audience: '张敏、E0002' },
  ],
  [
    '1. 《班》 党性教育12学时、专业化能力4学时 3月 全体正职（60人）',
    { title: '班', parts: [spirit, ability], audience: '全体正职' },
  ],
  ['《班》 3.5-3.7 党性教育（12学时） 对象：全体正职', { parts: [spirit], audience: '全体正职' }],
  ['《班》 党性教育 3.5学时 3.5 全体正职', { parts: [{ content: 'party-spirit', hours: 350 }], audience: '全体正职' }],
  ['《没有学时》 3月 全体副职', { parts: [], strayParts: [], audience: '全体副职' }],
  [
    '《内容多了》 3月 党性教育 理论教育 8 全体副职',
    { parts: [theory], strayParts: ['党性教育'], audience: '全体副职' },
  ],
  ['《没有对象》 3月 党性教育 12学时', { audience: '' }],
])('%s', (said, expected) => expect(readPlanLine(said, 2027)).toMatchObject(expected));

it.each([
  ['3月', '03-01', '03-31'],
  ['2月底', '02-01', '02-28'],
  ['三月', '03-01', '03-31'],
  ['十一月至十二月', '11-01', '12-31'],
  ['2027年3月', '03-01', '03-31'],
  ['2027.3', '03-01', '03-31'],
  ['2027-03', '03-01', '03-31'],
  ['3—4月', '03-01', '04-30'],
  ['2027年3月至4月', '03-01', '04-30'],
  ['3月上旬至4月中旬', '03-01', '04-30'],
  ['一季度', '01-01', '03-31'],
  ['2027年第4季度', '10-01', '12-31'],
  ['上半年', '01-01', '06-30'],
  ['全年', '01-01', '12-31'],
  ['12月31日', '12-31', '12-31'],
  ['2027-03-05', '03-05', '03-05'],
  ['2027/3/5', '03-05', '03-05'],
  ['3.5', '03-05', '03-05'],
  ['3.5-3.7', '03-05', '03-07'],
  ['3月5-7日', '03-05', '03-07'],
  ['3月5日至7日', '03-05', '03-07'],
  ['2027年3月30日至4月2日', '03-30', '04-02'],
  ['2027-03-05至2027-03-07', '03-05', '03-07'],
])('the time %s is read wherever it stands in the line', (said, from, to) => {
  const time = { from: `2027-${from}`, to: `2027-${to}` };
  for (const line of [`《班》 ${said} 党性教育 12学时 全体正职`, `《班》 党性教育 12学时 ${said} 全体正职`]) {
    expect(readPlanLine(line, 2027)).toMatchObject({ time, parts: [spirit], strayParts: [], audience: '全体正职' });
  }
});

it.each([
  ['12月至次年1月', { from: '2027-12-01', to: '2028-01-31' }],
  ['12月至2028年1月', { from: '2027-12-01', to: '2028-01-31' }],
  ['12月28日至次年1月3日', { from: '2027-12-28', to: '2028-01-03' }],
  ['11月至2月', { fault: 'reversed' }],
  ['3月7日至5日', { fault: 'reversed' }],
  ['3、4月', { fault: 'several' }],
  ['3月和9月', { fault: 'several' }],
  ['3月5日、6日', { fault: 'several' }],
  ['2026年3月', { fault: 'other-year' }],
  ['13月', { fault: 'unreal' }],
  ['2月29日', { fault: 'unreal' }],
  ['', { fault: 'missing' }],
])('the time %s of 2027 is %j', (said, time) =>
  expect(readPlanLine(`《班》 ${said} 党性教育 12学时 全体正职`, 2027)).toMatchObject({ time, audience: '全体正职' }),
);
