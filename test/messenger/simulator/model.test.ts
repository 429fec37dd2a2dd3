import { describe, expect, it } from 'vitest';
import type { SimulatorMessage } from '../../../src/messenger/simulator/messages.ts';
import { type Action, emptyModel, type Model, reduce } from '../../../src/messenger/simulator/page/model.ts';
import type { PageState } from '../../../src/messenger/simulator/wire.ts';

const state: PageState = {
  clock: { now: '2026-11-20T01:00:00.000Z', dayKind: 'workday', monthStep: 'month-end', walkingTo: null },
  group: { id: 'oc_cadres', name: '中层干部学习群' },
  people: [],
  sample: true,
  windows: ['p:E1', 'p:E2'],
};
const message = (n: number, rest: Partial<SimulatorMessage> = {}): SimulatorMessage => ({
  id: `om_${n}`,
  n,
  chat: 'p:E1',
  at: '2026-11-20T01:00:00.000Z',
  from: null,
  text: '',
  length: 0,
  files: [],
  reply: null,
  charts: [],
  revision: 0,
  key: null,
  ...rest,
});
const said = (n: number, rest: Partial<SimulatorMessage> = {}): Action => ({
  type: 'event',
  event: { type: 'message', message: message(n, rest) },
  at: 0,
});
const chat = (...messages: SimulatorMessage[]): Action => ({
  type: 'chat',
  id: 'p:E1',
  view: { messages, earlier: false, chips: [] },
});
const loadedThen = (...actions: Action[]): Model =>
  [{ type: 'loaded', state, open: [], at: 0 } as const, ...actions].reduce(reduce, emptyModel);
const numbers = (model: Model): number[] | undefined => model.chats['p:E1']?.messages.map(({ n }) => n);

describe('what the page knows', () => {
  it('opens the windows of the last visit, or the ones the server proposes', () => {
    expect(loadedThen().open).toEqual(['p:E1', 'p:E2']);
    expect(reduce(emptyModel, { type: 'loaded', state, open: ['p:E9'], at: 0 }).open).toEqual(['p:E9']);
  });

  it('shows each message once and in order, whatever overtakes what', () => {
    expect(numbers(loadedThen(chat(message(1), message(2)), said(4), said(3), said(4)))).toEqual([1, 2, 3, 4]);
    expect(numbers(loadedThen(chat(message(1)), said(2), chat(message(1), message(2))))).toEqual([1, 2]);
  });

  it('keeps the newer state of a card', () => {
    const changed: Action = {
      type: 'event',
      event: { type: 'changed', message: message(1, { revision: 1 }) },
      at: 0,
    };
    const model = loadedThen(chat(message(1)), changed, chat(message(1)));
    expect(model.chats['p:E1']?.messages[0]?.revision).toBe(1);
  });

  it('waits for the bot until it answers in that chat', () => {
    const waiting: Action = { type: 'waiting', id: 'p:E1', on: true };
    expect(loadedThen(waiting).waiting).toEqual(['p:E1']);
    expect(loadedThen(waiting, said(1, { from: { id: 'E1', name: null } })).waiting).toEqual(['p:E1']);
    expect(loadedThen(waiting, said(1, { chat: 'p:E2' })).waiting).toEqual(['p:E1']);
    expect(loadedThen(waiting, said(1)).waiting).toEqual([]);
  });

  it('counts what the bot says elsewhere, also where no window is, until somebody looks', () => {
    const model = loadedThen(said(1), said(2, { chat: 'p:E2' }), said(3, { chat: 'p:E7' }), said(4, { chat: 'p:E7' }));
    expect(model.unread).toEqual({ 'p:E2': 1, 'p:E7': 2 });
    expect(reduce(model, { type: 'open', id: 'p:E7' })).toMatchObject({ active: 'p:E7', unread: { 'p:E2': 1 } });
  });

  it('forgets the chats when the sample is rebuilt', () => {
    const model = reduce(loadedThen(chat(message(1)), said(2, { chat: 'p:E2' })), {
      type: 'loaded',
      state,
      open: ['p:E1'],
      at: 0,
    });
    expect(model).toMatchObject({ chats: {}, unread: {}, open: ['p:E1'] });
  });

  it('turns to another window when the active one is closed', () => {
    expect(loadedThen({ type: 'close', id: 'p:E1' })).toMatchObject({ open: ['p:E2'], active: 'p:E2' });
    expect(loadedThen({ type: 'close', id: 'p:E2' })).toMatchObject({ open: ['p:E1'], active: 'p:E1' });
  });
});
