/** The server's only source of time, and its only timers. */
export interface Time {
  now(): number;
  /** Runs `work` once `ms` have passed; the answer takes it back. */
  after(ms: number, work: () => unknown): () => void;
  /** With a clock that a test moves: runs what has become due, in order, and waits until it is done. */
  catchUp(): Promise<void>;
  stop(): void;
}

/** With `now` nothing happens by itself: the test moves its clock and calls `catchUp`. Without, time is real. */
export const createTime = (now: (() => number) | undefined): Time => (now === undefined ? realTime() : movedTime(now));

function realTime(): Time {
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    after: (ms, work) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    catchUp: () => Promise.resolve(),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function movedTime(now: () => number): Time {
  interface Planned {
    readonly at: number;
    readonly work: () => unknown;
  }
  const planned = new Set<Planned>();
  return {
    now,
    after: (ms, work) => {
      const entry = { at: now() + ms, work };
      planned.add(entry);
      return () => planned.delete(entry);
    },
    catchUp: async () => {
      for (;;) {
        const due = [...planned].filter(({ at }) => at <= now()).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) return;
        planned.delete(due);
        await due.work();
      }
    },
    stop: () => planned.clear(),
  };
}
