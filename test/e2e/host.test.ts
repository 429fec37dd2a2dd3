import { afterEach, expect, test } from 'vitest';
import { cliTexts } from '../../src/texts/cli.ts';
import { type BotFolder, makeBotFolder, runCli, startBot } from '../support/bot-process.ts';
import { expectRefusal } from '../support/cli-answers.ts';
import { college } from '../support/college.ts';

let folder: BotFolder;
afterEach(() => folder.remove());

test('the sample college is shown to other machines with a warning, and without HOST there is nothing to warn of', async () => {
  folder = await makeBotFolder();
  for (const [host, warning] of [
    [{ HOST: '0.0.0.0' }, `${cliTexts.openToAll('0.0.0.0')}\n`],
    [{}, ''],
  ] as const) {
    const bot = await startBot({ ...folder.env, ...host });
    const { code, stderr } = await bot.stop();
    expect([code, stderr]).toEqual([0, warning]);
  }
});

test.each(['0.0.0.0', '::'])('a real ledger is not opened to other machines (%s), and stays free', async (host) => {
  folder = await makeBotFolder(college);
  expectRefusal(await runCli(['start'], { ...folder.env, PORT: '0', HOST: host }), 78, /HOST=.*HOST=127\.0\.0\.1/);
  const { code } = await startBot(folder.env).then((bot) => bot.stop());
  expect(code).toBe(0);
});
