import type { Course, Session } from '../domain/course.ts';
import { showDay } from './glossary.ts';

/** 班号和班名: `1001《党性教育专题班》`. */
export const courseName = ({ id, title }: Pick<Course, 'id' | 'title'>): string => `${id}《${title}》`;

/** The topic of a 课次 in brackets, where it is not that of the class. */
export const topicOf = ({ title }: Pick<Course, 'title'>, { topic }: Pick<Session, 'topic'>): string =>
  topic === title ? '' : `（${topic}）`;

/** `第 2 课次（11月24日 09:00，专题报告）`. */
export const sessionName = ({ no, day, start, topic }: Session, today?: string): string =>
  `第 ${no} 课次（${showDay(day, today)} ${start}，${topic}）`;

/** What every command about classes says of them. */
export const courseTexts = {
  none: '现在没有相关的培训班。',
  notFound: (said: string): string => `没有找到培训班“${said}”。发送“培训”看现有的培训班。`,
  notTutor: (command: string, course: Pick<Course, 'id' | 'title'>, tutor: string): string =>
    `“${command}”由经办、部长和本班班主任使用。培训班 ${courseName(course)}的班主任是${tutor}，您不能看也不能改；请找${tutor}或经办办理。`,
  which: (command: string): string => `请选择培训班，或写明班号，例如：${command} 1001。`,
  whichTitle: '是哪一个培训班',
  several: (said: string): string => `有几个培训班与“${said}”相符，请选择。`,
  noSession: (no: number, course: Pick<Course, 'id' | 'title'>): string =>
    `培训班 ${courseName(course)}没有第 ${no} 课次。发送“培训 ${course.id}”看课程表。`,
} as const;
