import { describe, expect, it } from 'vitest';
import { personFinder } from '../../src/bot/text/people.ts';
import { readRollWords } from '../../src/bot/text/roll.ts';
import { attendanceNames } from '../../src/texts/glossary.ts';

const people = [
  { staffNo: 'E1', name: '张三', unit: '教务处' },
  { staffNo: 'E2', name: '李四', unit: '教务处' },
  { staffNo: 'E3', name: '王五', unit: '科研处' },
  { staffNo: 'E4', name: '王芳', unit: '教务处' },
  { staffNo: 'E5', name: '王芳', unit: '科研处' },
  { staffNo: 'E8', name: '王芳', unit: '外国语学院' },
  { staffNo: 'E6', name: '和平', unit: '后勤处' },
  { staffNo: 'E7', name: '欧阳到', unit: '后勤处' },
];
const read = (said: string) => readRollWords(said, personFinder(people));
const show = (said: string): string => {
  const { everybody, marks, doubts, unknown, unsaid, twice } = read(said);
  return [
    everybody ? '全部' : '',
    ...marks.map(
      ({ person, state, reason }) => `${person.name}${attendanceNames[state]}${reason === null ? '' : `因${reason}`}`,
    ),
    ...doubts.map((doubt) => `哪位${doubt.said}`),
    ...unknown.map((word) => `不识${word}`),
    ...unsaid.map(({ name }) => `未说${name}`),
    ...twice.map(({ name }) => `两说${name}`),
  ]
    .filter((word) => word !== '')
    .join(' ');
};

describe('a roll in one sentence', () => {
  it.each([
    ['全部到', '全部'],
    ['全到', '全部'],
    ['都到了', '全部'],
    ['全员到齐。', '全部'],
    ['都来了', '全部'],
    ['全来了', '全部'],
    ['全部都来齐了', '全部'],
    ['都来了，除了张三没来', '全部 张三缺勤'],
    ['张三没来，其他人都来了', '全部 张三缺勤'],
    ['张三√ 李四 × 王五✓', '张三出勤 李四缺勤 王五出勤'],
    ['张三✔️、李四❌', '张三出勤 李四缺勤'],
    ['张三迟到20分钟，李四 早退十分钟', '张三迟到 李四早退'],
    ['张三 迟到了 半个小时，其余全到', '全部 张三迟到'],
    ['全部到，除了 张三 请假、李四 缺勤、王五 迟到', '全部 张三请假 李四缺勤 王五迟到'],
    ['全部到，除了张三请假、李四缺勤', '全部 张三请假 李四缺勤'],
    ['除了张三请假李四缺勤，其余全到', '全部 张三请假 李四缺勤'],
    ['张三、李四 缺勤，其他人都到了', '全部 张三缺勤 李四缺勤'],
    ['张三和李四缺席，其余到', '全部 张三缺勤 李四缺勤'],
    ['和平请假', '和平请假'],
    ['欧阳到请假', '欧阳到请假'],
    ['欧阳到到', '欧阳到出勤'],
    ['缺勤：张三、李四；请假：王五；其余全到', '全部 张三缺勤 李四缺勤 王五请假'],
    ['缺勤：张三 李四\n迟到：王五', '张三缺勤 李四缺勤 王五迟到'],
    ['张三 迟到并早退', '张三迟到并早退'],
    ['张三 早退，王五 没来', '张三早退 王五缺勤'],
    ['E3 病假', '王五请假'],
    ['王芳 科研处 请假', '王芳请假'],
    ['王芳（教务处）缺勤', '王芳缺勤'],
    ['张三 出勤 理由 会议室门口登记有签名', '张三出勤因会议室门口登记有签名'],
    ['张三 请假 原因：临时外出，已补交批件', '张三请假因临时外出，已补交批件'],
    ['张三 请假 因公出差', '张三请假因因公出差'],
    ['全部到，除了 张三 请假 理由 临时出差、李四 缺勤', '全部 张三请假因临时出差 李四缺勤'],
    [
      '张三 请假 理由 临时出差，李四 请假 理由 住院，已补病假单；其余全到',
      '全部 张三请假因临时出差 李四请假因住院，已补病假单',
    ],
    ['张三、李四 请假 理由 陪同外宾，王五 迟到', '张三请假因陪同外宾 李四请假因陪同外宾 王五迟到'],
    ['张三 请假 理由 替王五值班，参加评审', '张三请假因替王五值班，参加评审'],
    ['王芳（外国语学院） 请假', '王芳请假'],
    ['除了王芳 外国语学院 缺勤，其余全到', '全部 王芳缺勤'],
    ['王芳外国语学院没来', '王芳缺勤'],
  ])('%s', (said, meaning) => {
    expect(show(said)).toBe(meaning);
  });

  it.each([
    ['张三', '未说张三'],
    ['张三 缺勤 李四', '张三缺勤 未说李四'],
    ['赵六 请假', '不识赵六'],
    ['全部到，除了王芳 缺勤', '全部 王芳缺勤 哪位王芳'],
    ['全部到，除了一个人', '全部 不识一个人'],
    ['张三 请假，张三 缺勤', '张三缺勤 两说张三'],
    ['缺勤', '不识缺勤'],
    ['不知道', '不识不知道'],
    ['张三 请假 理由 出差，李四、王五 缺勤', '张三请假因出差 李四缺勤 王五缺勤'],
    ['外语系 缺勤', '不识外语系'],
  ])('%s is not understood to the last word', (said, meaning) => {
    expect(show(said)).toBe(meaning);
  });
});
