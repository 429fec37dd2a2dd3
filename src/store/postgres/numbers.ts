import type { Pool } from 'pg';
import { firstNumber } from '../record.ts';

/** Numbers that are drawn together: how many of each sequence, and the first of each once they are there. */
interface Batch {
  readonly counts: Map<string, number>;
  readonly firsts: Promise<ReadonlyMap<string, number>>;
}

/**
 * Numbers of sequences, drawn on a connection of their own and not in the transaction that asks: so nobody waits for
 * another's commit, what is rolled back leaves a gap, and no number comes twice. What is asked for while a draw is on its
 * way is drawn at once when it is back. Its commit need not be synced: the transaction that uses a number commits behind
 * it in the same log.
 */
export class Numbers {
  readonly #pool: Pool;
  readonly #institution: string;
  #waiting: Batch | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(pool: Pool, institution: string) {
    this.#pool = pool;
    this.#institution = institution;
  }

  /** @returns the first of `count` numbers in a row, all greater than any that was drawn before */
  async draw(sequence: string, count: number): Promise<number> {
    this.#waiting ??= this.#openBatch();
    const { counts, firsts } = this.#waiting;
    const offset = counts.get(sequence) ?? 0;
    counts.set(sequence, offset + count);
    return ((await firsts).get(sequence) ?? Number.NaN) + offset;
  }

  /** Every sequence that was ever drawn from, with its last number. */
  async all(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#pool.query<{ sequence: string; last: string }>(
      'select sequence, last from xueshibu.numbers where institution = $1',
      [this.#institution],
    );
    return new Map(rows.map(({ sequence, last }) => [sequence, Number(last)]));
  }

  #openBatch(): Batch {
    const counts = new Map<string, number>();
    const firsts = this.#last.then(
      () => this.#drawBatch(counts),
      () => this.#drawBatch(counts),
    );
    this.#last = firsts;
    return { counts, firsts };
  }

  async #drawBatch(counts: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
    this.#waiting = null;
    // In one order everywhere: nobody waits for somebody who waits for them.
    const sequences = [...counts.keys()].sort();
    const { rows } = await this.#pool.query<{ sequence: string; last: string }>({
      name: 'draw-numbers',
      text: `insert into xueshibu.numbers as n (institution, sequence, last)
        select $1, sequence, ${firstNumber - 1} + count
        from unnest($2::text[], $3::bigint[]) as given (sequence, count)
        on conflict (institution, sequence) do update set last = n.last + excluded.last - ${firstNumber - 1}
        returning sequence, last`,
      values: [this.#institution, sequences, sequences.map((sequence) => counts.get(sequence))],
    });
    return new Map(rows.map(({ sequence, last }) => [sequence, Number(last) - (counts.get(sequence) ?? 0) + 1]));
  }
}

const mostAhead = 64;

/** The numbers of one transaction. When it runs again it is given the same ones; one that asks for many draws ahead. */
export class DrawnNumbers {
  readonly #numbers: Numbers;
  readonly #drawn = new Map<string, number[]>();
  readonly #drawing = new Map<string, Promise<void>>();
  #used = new Map<string, number>();

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  restart(): void {
    this.#used = new Map();
  }

  /** The number given out last; undefined before the first. */
  last(sequence: string): number | undefined {
    return this.#drawn.get(sequence)?.[(this.#used.get(sequence) ?? 0) - 1];
  }

  /** Whether a number was given out to this transaction. */
  has(sequence: string, number: number): boolean {
    const at = this.#drawn.get(sequence)?.lastIndexOf(number) ?? -1;
    return at >= 0 && at < (this.#used.get(sequence) ?? 0);
  }

  async next(sequence: string): Promise<number> {
    const drawn = this.#drawn.get(sequence) ?? [];
    this.#drawn.set(sequence, drawn);
    const used = this.#used.get(sequence) ?? 0;
    this.#used.set(sequence, used + 1);
    while (used >= drawn.length) {
      const drawing = this.#drawing.get(sequence) ?? this.#drawMore(sequence, drawn);
      this.#drawing.set(sequence, drawing);
      await drawing;
    }
    return drawn[used] as number;
  }

  /** For all who ask in this breath, and half as many again as there are: a draw at a time, so that they come in order. */
  async #drawMore(sequence: string, drawn: number[]): Promise<void> {
    try {
      await Promise.resolve();
      const asked = (this.#used.get(sequence) ?? 0) - drawn.length;
      const count = Math.max(1, asked, Math.min(mostAhead, Math.floor(drawn.length / 2)));
      const first = await this.#numbers.draw(sequence, count);
      for (let i = 0; i < count; i += 1) drawn.push(first + i);
    } finally {
      this.#drawing.delete(sequence);
    }
  }
}
