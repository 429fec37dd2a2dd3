const windowsKey = 'xueshibu.windows';
const backstageKey = 'xueshibu.backstage';

/** The windows of the last visit; empty when there are none or the browser keeps nothing. */
export function keptWindows(): string[] {
  const kept = recall(windowsKey);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
}

export const keepWindows = (open: readonly string[]): void => keep(windowsKey, open);

/** Whether the panel was open on the last visit. */
export const keptBackstage = (): boolean => recall(backstageKey) === true;
export const keepBackstage = (open: boolean): void => keep(backstageKey, open);

/** What the browser has kept under a name; null when it keeps nothing. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing begins anew each time.
  }
}
