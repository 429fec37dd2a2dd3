import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ranks, rightsMatrix } from '../../src/bot/rights.ts';
import { launchBrowser } from '../support/browser.ts';
import { feishuPages, misfitsOfCards } from '../support/feishu-card-page.ts';
import { examplesOf, type Gallery, makeGallery } from '../support/gallery.ts';
import { faultsOf } from '../support/gallery-checks.ts';
import { hangGallery, type Room } from '../support/gallery-page.ts';
import { scripts } from '../support/scripts/index.ts';
import { openSimulatorPage, type SimulatorPage } from '../support/simulator-page.ts';

/** `GALLERY_PICTURES=folder` keeps a picture of every room of the gallery there, and `FEISHU_PICTURES` of its cards. */
const pictures = process.env['GALLERY_PICTURES'];
const feishuPictures = process.env['FEISHU_PICTURES'];

let gallery: Gallery;
beforeAll(async () => {
  gallery = await makeGallery(scripts);
}, 300_000);
afterAll(() => gallery.chat.close());

describe('the gallery of everything that the bot says', () => {
  it('comes to the end of every script, and shows something after every step', () => {
    expect(gallery.stuck).toEqual([]);
  });

  it.each(commands.map(({ name }) => name))('has %s run in a script, and not only by its examples', (name) => {
    expect(gallery.ran.get(name)?.some(({ script }) => !script.endsWith(examplesOf))).toBe(true);
  });

  it.each(rightsMatrix(commands).map((row) => [row.command.name, row] as const))(
    'has %s run by every rank that may use it, and by no other',
    (name, { allowed }) => {
      const ran = new Set(gallery.ran.get(name)?.map(({ who }) => who));
      // In the sample college the head of the department is head of its unit, too.
      const expected = { ...allowed, 'department-head': allowed['department-head'] || allowed['unit-head'] };
      for (const rank of ranks) expect(ran.has(rank), rank).toBe(expected[rank]);
    },
  );

  it('knows of a telephone or an e-mail address in the college, so that none can be said unseen', () => {
    expect(gallery.contacts.length).toBeGreaterThan(0);
  });

  it('holds nothing that is broken, empty, refused by Feishu or felt otherwise there, or a person’s in the group', () => {
    const faults = gallery.exhibits.flatMap((one) =>
      faultsOf(one, gallery).map((fault) => `${one.script} · ${one.who} · ${one.done}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });
});

describe('the gallery as Feishu shows it on a phone', () => {
  it('is as wide as its cards, and no button is cut off', async () => {
    const browser = await launchBrowser();
    const folder = await mkdtemp(join(tmpdir(), 'xueshibu-cards-'));
    try {
      // Four phones beside each other.
      const page = await browser.newPage({ viewport: { width: 1452, height: 900 } });
      if (feishuPictures !== undefined) await mkdir(feishuPictures, { recursive: true });
      const faults: string[] = [];
      for (const [i, html] of feishuPages(gallery.exhibits).entries()) {
        // As a file, so that it may load its font.
        await writeFile(join(folder, 'cards.html'), html);
        await page.goto(pathToFileURL(join(folder, 'cards.html')).href);
        await page.evaluate('document.fonts.ready');
        faults.push(...(await page.evaluate<string[]>(misfitsOfCards)));
        const path = join(feishuPictures ?? '', `${String(i + 1).padStart(3, '0')}.png`);
        if (feishuPictures !== undefined) await page.screenshot({ path, fullPage: true });
      }
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('the gallery on the simulator’s page', () => {
  let site: SimulatorPage;
  let browser: Browser;
  let rooms: readonly Room[];

  beforeAll(async () => {
    site = await openSimulatorPage();
    rooms = await hangGallery(site.bot, gallery);
    browser = await launchBrowser();
    if (pictures !== undefined) await mkdir(pictures, { recursive: true });
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  it.each([
    ['desktop', 1440],
    ['phone', 390],
  ])('fits into the windows of a %s', async (device, width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    // Before the page looks for the windows of the last visit.
    await page.addInitScript(
      `localStorage.setItem('xueshibu.windows', JSON.stringify([decodeURIComponent(location.search.slice(1))]))`,
    );
    for (const [i, room] of rooms.entries()) {
      await enter(page, room);
      faults.push(...(await misfits(page)).map((fault) => `${room.title}: ${fault}`));
      if (pictures !== undefined)
        await takePicture(page, join(pictures, `${device}-${String(i + 1).padStart(3, '0')}.png`));
    }
    await context.close();
    expect(faults).toEqual([]);
  });

  /** Opens the room’s window alone, as somebody who had it open at the last visit. */
  async function enter(page: Page, room: Room): Promise<void> {
    await page.goto(`${site.url}/?${room.chat}`);
    await page
      .locator('.message')
      .nth(room.messages - 1)
      .waitFor();
    await page.evaluate('document.fonts.ready');
  }

  async function takePicture(page: Page, path: string): Promise<void> {
    const { width } = page.viewportSize() ?? { width: 390 };
    const inner = await page.locator('.log').evaluate((log) => log.scrollHeight - log.clientHeight);
    await page.setViewportSize({ width, height: 900 + inner });
    await page.screenshot({ path });
    await page.setViewportSize({ width, height: 900 });
  }
});

/** What sticks out of the page or its card, and buttons whose label is cut off. */
const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const out = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) out.push('the page is wider than the window');
    for (const log of document.querySelectorAll('.log')) {
      if (log.scrollWidth > log.clientWidth) out.push('a chat is wider than its window');
    }
    for (const button of document.querySelectorAll('.card button, .card .choice span')) {
      const box = button.getBoundingClientRect();
      const card = button.closest('.card').getBoundingClientRect();
      if (button.scrollWidth > button.clientWidth + 1) out.push('clipped: ' + button.textContent.trim());
      if (box.right > card.right + 1 || box.left < card.left - 1) out.push('outside: ' + button.textContent.trim());
    }
    for (const text of document.querySelectorAll('.card > header, .card .words, .card .note, .fields dd, .progress-words')) {
      // A full stop or bracket at the end of a line may lose the empty half of its square.
      if (text.scrollWidth > text.clientWidth + 8) out.push((text.scrollWidth - text.clientWidth) + ' px wider than its card: ' + text.textContent.trim().slice(0, 30));
    }
    return out;
  })()`);
