import { expect, it } from 'vitest';
import { readPlanLine } from '../../../src/bot/text/plan.ts';

const theory = { content: 'theory', hours: 800 };
const spirit = { content: 'party-spirit', hours: 1200 };
const ability = { content: 'professional', hours: 400 };

it.each([
  [
    '《党性教育专题班》 3月 党性教育 12学时 专业化能力 4学时 全体正职',
    { title: '党性教育专题班', from: '2027-03-01', to: '2027-03-31', parts: [spirit, ability], audience: '全体正职' },
  ],
  [
    '1\t理论轮训班\t4月至6月\t理论教育8\t集中轮训\t中心组学习\t教务处和科研处全体',
    {
      title: '理论轮训班',
      from: '2027-04-01',
      to: '2027-06-30',
      parts: [theory],
      kind: 'rotation',
      form: 'central-group',
      audience: '教务处和科研处全体',
    },
  ],
  [
    '《冬训》 2月3日至5日 12学时党性教育，8学时理论教育 张敏、E0002',
    { title: '冬训', from: '2027-02-03', to: '2027-02-05', parts: [spirit, theory], audience: '张敏、E0002' },
  ],
  ['《冬训》 12月31日 理论 8 课时 所有人', { from: '2027-12-31', to: '2027-12-31', parts: [theory] }],
  ['《二月班》 2月 理论 8 全体副职', { from: '2027-02-01', to: '2027-02-28' }],
  ['《没有时间》 理论 8 全体副职', { from: null, to: null, parts: [theory] }],
  ['《十三月》 13月 理论 8 全体副职', { from: null, to: null }],
  ['《没有学时》 3月 全体副职', { parts: [], audience: '全体副职' }],
  ['《没有对象》 3月 党性教育 12学时', { audience: '' }],
])('%s', (said, expected) => expect(readPlanLine(said, 2027)).toMatchObject(expected));
