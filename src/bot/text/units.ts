/** Pieces of patterns that days and amounts share; every repetition is bounded, so that no text is slow to read. */

/** What makes a number an amount: behind a number it shows that the number is no day. */
export const notAnAmount = '(?!\\s?(?:[个多余]|学时|课时|小时|钟头|天|节|学分|分钟|人|次|元|岁|%|[hH]))';

/** 之前, 以后 and their like, which turn an amount into a distance: 三天前. Not 前天, 前往. */
export const before = '(?:[之以]?前(?![天日年往来去])|[之以]?后(?![天日年来]))';
