import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { renderChartPng } from '../../src/documents/chart-png.ts';
import type { Chart } from '../../src/messenger/reply.ts';
import { packageRoot } from '../../src/package-root.ts';
import { charactersOf } from '../support/font-characters.ts';

const chart = (rest: Partial<Chart> = {}): Chart => ({
  type: 'chart',
  kind: 'bar',
  title: '本年人均学时',
  unit: '学时',
  categories: ['信息科学与技术学院', '体育部'],
  series: [{ name: '人均', values: [55, 20] }],
  ...rest,
});

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Pixels that are not white within the rows `top`–`bottom` and the columns `left`–`right`. */
  readonly ink: (area: { left: number; right: number; top: number; bottom: number }) => number;
}

/** Reads an 8-bit RGBA PNG without interlacing, which is what the painter writes. */
function readPng(bytes: Uint8Array): Picture {
  const png = Buffer.from(bytes);
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * 4;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x < 4 ? 0 : (pixels[y * stride + x - 4] ?? 0);
      const up = y === 0 ? 0 : (pixels[(y - 1) * stride + x] ?? 0);
      const corner = x < 4 || y === 0 ? 0 : (pixels[(y - 1) * stride + x - 4] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0;
      pixels[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  const isInk = (x: number, y: number): boolean => (pixels[y * stride + x * 4] ?? 255) < 160;
  return {
    width,
    height,
    ink: ({ left, right, top, bottom }) => {
      let count = 0;
      for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) count += isInk(x, y) ? 1 : 0;
      return count;
    },
  };
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [number, number, number];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

describe('a chart as a picture', () => {
  it.each([320, 800])('is %i pixels wide', async (width) =>
    expect(readPng(await renderChartPng(chart(), width)).width).toBe(width),
  );

  it('has twice the pixels for paper', async () => {
    const [plain, fine] = [readPng(await renderChartPng(chart(), 400)), readPng(await renderChartPng(chart(), 400, 2))];
    expect([fine.width, fine.height]).toEqual([plain.width * 2, plain.height * 2]);
  });

  it('shows its Chinese title and names, which leave their places white when they are taken away', async () => {
    const names = { left: 0, right: 110, top: 40, bottom: 100 };
    const title = { left: 0, right: 150, top: 0, bottom: 20 };
    const written = readPng(await renderChartPng(chart(), 800));
    const blank = readPng(await renderChartPng(chart({ categories: ['　'.repeat(9), '　'.repeat(3)] }), 800));
    expect(written.ink(names)).toBeGreaterThan(150);
    expect(blank.ink(names)).toBe(0);
    expect(written.ink(title)).toBeGreaterThan(150);
  });

  it.each(['䶮', '㛃', '𬀩', '国'])('draws %s and not the box of a missing character', async (character) => {
    const title = { left: 0, right: 60, top: 0, bottom: 20 };
    const inkOf = async (words: string) =>
      readPng(await renderChartPng(chart({ categories: [], title: words }), 320)).ink(title);
    expect(await inkOf(character.repeat(4))).not.toBe(await inkOf('\u{10ffff}'.repeat(4)));
  });

  it.each<[string, Partial<Chart>]>([
    ['nothing', { categories: [], series: [{ name: '人均', values: [] }] }],
    ['one bar', { categories: ['教务处'], series: [{ name: '人均', values: [3] }] }],
    ['thirty bars', { categories: Array.from({ length: 30 }, (_, i) => `第${i}学院`) }],
    ['a pie', { kind: 'pie' }],
    ['a line', { kind: 'line', mark: { label: '平均', value: 40 } }],
  ])('of %s fits on a phone', async (_, rest) => {
    const { width, height, ink } = readPng(await renderChartPng(chart(rest), 320));
    expect(width).toBe(320);
    expect(ink({ left: 0, right: width, top: 0, bottom: height })).toBeGreaterThan(100);
    expect(ink({ left: width - 1, right: width, top: 0, bottom: height })).toBe(0);
  });
});

describe('the font of pictures', () => {
  const font = readFile(join(packageRoot, 'data/fonts/noto-sans-sc-gb2312.ttf'));

  it('has all 6,763 hanzi of GB2312', async () => {
    const decode = new TextDecoder('gbk');
    const hanzi: string[] = [];
    for (let row = 0xb0; row <= 0xf7; row += 1) {
      for (let cell = 0xa1; cell <= 0xfe; cell += 1) hanzi.push(decode.decode(Uint8Array.of(row, cell)));
    }
    const all = hanzi.filter((character) => /^\p{Script=Han}$/u.test(character));
    const has = charactersOf(await font);
    expect(all).toHaveLength(6763);
    expect(all.filter((character) => !has.has(character.codePointAt(0) ?? 0))).toEqual([]);
  });

  it('has rare characters of names, letters, digits and the signs of charts', async () => {
    const has = charactersOf(await font);
    const signs = Array.from('䶮㛃堃犇赟頔龘𬀩昇喆玥AZaz09+-%（）《》“”、，。…—％℃①·');
    expect(signs.filter((sign) => !has.has(sign.codePointAt(0) ?? 0))).toEqual([]);
  });

  it('lies beside its licence', async () =>
    expect(await readFile(join(packageRoot, 'data/fonts/OFL.txt'), 'utf8')).toContain('SIL OPEN FONT LICENSE'));
});
