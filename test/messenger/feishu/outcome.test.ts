import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeishuApiError } from '../../../src/messenger/feishu/api-error.ts';
import { outcomeOf, reasonOf, uuidOf } from '../../../src/messenger/feishu/outcome.ts';

const where = { method: 'POST', url: 'https://open.feishu.cn/open-apis/im/v1/messages' };
const refusal = (code: number, status = 400, resetMs: number | null = null): FeishuApiError =>
  FeishuApiError.refused({ ...where, status, code, msg: 'the words of the platform', resetMs, logId: null });
const broken = (code: string): FeishuApiError =>
  FeishuApiError.unanswered(where, new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }));
const half = (): number => 0.5;

describe('what a fault means for a message', () => {
  it.each([
    ['trap: 99991400, HTTP 429, waits for the reset', refusal(99_991_400, 429, 7000), 7500],
    ['99991400 of an old interface, HTTP 400', refusal(99_991_400), 1500],
    ['any 429', refusal(1, 429), 1500],
    ['a reset of an hour waits five minutes at a time', refusal(99_991_400, 429, 3_600_000), 300_500],
    ['a legacy frequency limit', refusal(11_232), 1500],
    ['another one', refusal(11_233), 1500],
    [
      'trap: 230020 is a frequency limit, whatever the SDK calls it, and waits a second at least',
      refusal(230_020),
      1500,
    ],
    ['230049, on its way already', refusal(230_049), 1500],
    ['an error of theirs with a code', refusal(1, 500), 0],
    ['a page of a gateway', FeishuApiError.unreadable({ ...where, status: 502, logId: null }), 0],
    ['a page of a proxy', FeishuApiError.unreadable({ ...where, status: 200, logId: null }), 0],
    ['nobody there', broken('ECONNREFUSED'), 0],
    ['a name that is not found', broken('ENOTFOUND'), 0],
    ['a broken line', broken('ECONNRESET'), 0],
    ['an address that is not on the list', refusal(99_991_401), 60_000],
  ])('%s: try again', (_, fault, afterMs) => {
    expect(outcomeOf(fault, half)).toMatchObject({
      ok: false,
      retry: true,
      afterMs,
      reason: expect.stringMatching(/\S/),
    });
  });

  it.each([
    [230_002, /不在这个群/],
    [230_013, /可用范围/],
    [230_018, /禁止发言/],
    [230_022, /敏感信息/],
    [230_025, /过长/],
    [230_027, /权限/],
    [230_028, /防泄漏/],
    [230_029, /已离职/],
    [230_034, /不存在/],
    [230_035, /没有在这个群发言的权限/],
    [230_038, /别的单位/],
    [230_053, /停用机器人/],
    [230_099, /卡片/],
    [232_009, /群已解散/],
    [99_991_672, /缺少权限/],
    [99_991_403, /调用次数/],
    [99_992_351, /不认识此人/],
    [99_992_361, /另一个应用/],
  ])('%i is final, in words and with its code', (code, words) => {
    const outcome = outcomeOf(refusal(code), half);
    expect(outcome).toMatchObject({ retry: false, reason: expect.stringMatching(words) });
    expect(outcome.reason).toContain(`飞书错误码 ${code}`);
    expect(outcome).not.toHaveProperty('afterMs');
  });

  it('passes on what the platform says about what nobody has foreseen', () => {
    expect(reasonOf(refusal(239_999))).toBe('飞书没有接受这条消息：the words of the platform（飞书错误码 239999）');
  });

  it('leaves part of a pause to chance, so that not everybody comes back at once', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        const outcome = outcomeOf(refusal(230_020), () => random);
        return outcome.retry && outcome.afterMs >= 1000 && outcome.afterMs <= 2000;
      }),
    );
  });
});

describe('the idempotency key of a message', () => {
  it('trap: is the same for every try of a part, and another one for every part and message', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(200), fc.string(), fc.nat(200), (key, part, otherKey, otherPart) => {
        expect(uuidOf(key, part)).toBe(uuidOf(key, part));
        expect(uuidOf(key, part) === uuidOf(otherKey, otherPart)).toBe(key === otherKey && part === otherPart);
      }),
    );
  });

  it('has at most 50 characters, however long the business key', () => {
    expect(uuidOf('bulletin:2026-10:'.repeat(50), 3)).toMatch(/^[0-9a-f]{40}$/);
  });
});
