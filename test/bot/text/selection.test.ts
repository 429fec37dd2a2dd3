import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSelection } from '../../../src/bot/text/selection.ts';
import { unitsOf } from '../../../src/domain/cadre.ts';
import { selectPeople } from '../../../src/domain/selection.ts';
import { college, makeCadre } from '../../support/college.ts';

const roster = [
  ...college,
  makeCadre({ staffNo: 'E0020', name: '和平', unit: '国际合作和交流处', youngTalent: true }),
  makeCadre({ staffNo: 'E0021', name: '李和', unit: '科研处', youngTalent: true, grade: 'chief' }),
  makeCadre({ staffNo: '102', name: '高尚', unit: '科研处' }),
];
const read = (text: string) => readSelection(text, roster, unitsOf(roster));
const meant = (text: string) => selectPeople(read(text).selection, roster).map(({ staffNo }) => staffNo);

describe('whom a text means', () => {
  it.each([
    ['教务处', ['E0010', 'E0011']],
    ['教务处全体', ['E0010', 'E0011']],
    ['教务处和科研处全体', ['E0010', 'E0011', 'E0021', '102']],
    ['教务处、科研处全体干部', ['E0010', 'E0011', 'E0021', '102']],
    ['国际合作和交流处和科研处', ['E0020', 'E0021', '102']],
    ['全体正职', ['E0002', 'E0010', 'E0013', 'E0021']],
    ['所有年轻干部', ['E0020', 'E0021']],
    ['年轻干部正职', ['E0021']],
    ['全体中层干部', ['E0002', 'E0003', 'E0010', 'E0011', 'E0012', 'E0013', 'E0020', 'E0021', '102']],
    ['处级干部，除了国际合作和交流处、科研处', ['E0002', 'E0003', 'E0010', 'E0011', 'E0012', 'E0013']],
    ['组织部中层干部', ['E0002', 'E0003']],
    ['外国语学院中层正副职', ['E0012', 'E0013']],
    ['外国语学院中层干部副职', ['E0012']],
    ['各单位负责人', ['E0002', 'E0010']],
    ['外国语学院副职', ['E0012']],
    ['外国语学院正职和副职', ['E0012', 'E0013']],
    ['教务处全体和外国语学院副职', ['E0010', 'E0011', 'E0012']],
    ['全体单位负责人', ['E0002', 'E0010']],
    ['E0011', ['E0011']],
    ['e0011、Ｅ００１２', ['E0011', 'E0012']],
    ['E0011 E0013', ['E0011', 'E0013']],
    ['欧阳明月和李䶮', ['E0010', 'E0013']],
    ['和平和李和', ['E0020', 'E0021']],
    ['王芳 教务处', ['E0011']],
    ['王芳（外国语学院）、欧阳明月', ['E0010', 'E0012']],
    ['1. 欧阳明月\n2. 李䶮\n', ['E0010', 'E0013']],
    ['1、欧阳明月\n2、李䶮', ['E0010', 'E0013']],
    ['102、欧阳明月', ['E0010', '102']],
    ['E0010\t欧阳明月\t教务处\nE0013\t李䶮\t外国语学院', ['E0010', 'E0013']],
    ['全体正职，除了欧阳明月', ['E0002', 'E0013', 'E0021']],
    ['所有年轻干部，除了李和 科研处', ['E0020']],
    ['除欧阳明月外的教务处全体', ['E0011']],
    ['教务处全体（不含欧阳明月）', ['E0011']],
    ['教务处全体，欧阳明月除外', ['E0011']],
    ['教务处除欧阳明月外全体', ['E0011']],
    ['教务处全体，欧阳明月不参加', ['E0011']],
    ['全体正职（李䶮除外）', ['E0002', 'E0010', 'E0021']],
    ['全体正职，欧阳明月、李䶮除外', ['E0002', 'E0021']],
    ['全体正职、欧阳明月、李䶮除外', ['E0002', 'E0021']],
    ['处级干部 不含教务处、国际合作和交流处、科研处', ['E0002', 'E0003', 'E0012', 'E0013']],
    ['各单位正职', ['E0002', 'E0010', 'E0013', 'E0021']],
    ['教务处负责人', ['E0010']],
    ['全体，除了外国语学院、组织部', ['E0010', 'E0011', 'E0020', 'E0021', '102']],
    ['', []],
  ])('%j', (text, expected) => {
    const reading = read(text);
    expect(meant(text).sort()).toEqual([...expected].sort());
    expect(reading).toMatchObject({ unknown: [], doubts: [], inactive: [] });
  });

  it.each([
    ['王芳、欧阳明月', { doubts: [{ said: '王芳', staffNos: ['E0011', 'E0012'], except: false }] }],
    ['教务处全体，除了王芳', { doubts: [{ said: '王芳', staffNos: ['E0011', 'E0012'], except: true }] }],
    ['王芳芳、欧阳', { unknown: ['王芳芳', '欧阳'] }],
    ['E0011 欧阳明月', { unknown: ['E0011 欧阳明月'] }],
    ['E0011 E0012 E9999', { unknown: ['E9999'] }],
    ['单国华', { inactive: ['单国华'] }],
    ['体育部全体', { unknown: ['体育部全体'] }],
    ['constructor、__proto__', { unknown: ['constructor', '__proto__'] }],
  ])('%j leaves something to be said', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  it('reads any text, and any list of 工号 as these people', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void read(text)));
    const some = fc.subarray(roster.filter(({ state }) => state === 'active').map(({ staffNo }) => staffNo));
    fc.assert(
      fc.property(some, fc.constantFrom('、', '\n', '，', ';', ' '), (numbers, separator) => {
        expect(meant(numbers.join(separator)).sort()).toEqual([...numbers].sort());
      }),
    );
  });
});
