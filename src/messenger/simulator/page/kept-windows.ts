const key = 'xueshibu.windows';

/** The windows of the last visit; empty when there are none or the browser keeps nothing. */
export function keptWindows(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function keepWindows(open: readonly string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(open));
  } catch {
    // A browser that keeps nothing begins anew each time.
  }
}
