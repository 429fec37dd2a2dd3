import type { TapAnswer } from '../../messenger.ts';
import type { Invocation } from '../../reply.ts';
import type { AuditLine, BackstageView, ChatView, Chip, Move, PageState } from '../wire.ts';

/** The server refused or failed; `message` may be shown. */
export class ApiError extends Error {}

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  const text = await response.text();
  if (!response.ok) throw new ApiError(text.trim());
  return JSON.parse(text);
}

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'Content-Type': 'application/json' };
  const { value } = await request<{ value: T }>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return value;
}

export const api = {
  state: () => request<PageState>('/simulator/state'),
  chat: (id: string, before?: number) =>
    request<ChatView>(`/simulator/chat?${new URLSearchParams({ id, ...(before ? { before: String(before) } : {}) })}`),
  chips: (id: string) => request<readonly Chip[]>(`/simulator/chips?${new URLSearchParams({ id })}`),
  backstage: () => request<BackstageView>('/simulator/backstage'),
  records: (before: number) =>
    request<readonly AuditLine[]>(`/simulator/records?${new URLSearchParams({ before: String(before) })}`),
  says: (person: string, chat: string, text: string) => post('/simulator/message', { person, chat, text }),
  taps: (person: string, messageId: string, press: Invocation, form: Record<string, string | string[]>) =>
    post<TapAnswer | null>('/simulator/tap', { person, messageId, press, form }),
  upload: (person: string, chat: string, file: File) =>
    request(`/simulator/upload?${new URLSearchParams({ person, chat, name: file.name })}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    }),
  move: (move: Move) => post('/simulator/clock', move),
  reset: () => post('/simulator/reset', {}),
};
