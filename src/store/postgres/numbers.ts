import type { Pool } from 'pg';

/**
 * Numbers of sequences, drawn on a connection of their own and not in the transaction that asks: so nobody waits for
 * another's commit, what is rolled back leaves a gap, and no number comes twice. What is asked for at the same moment is
 * drawn at once. Its commit need not be synced: the transaction that uses a number commits behind it in the same log.
 */
export class Numbers {
  readonly #pool: Pool;
  readonly #institution: string;
  readonly #waiting = new Map<string, { count: number; readonly first: Promise<number> }>();

  constructor(pool: Pool, institution: string) {
    this.#pool = pool;
    this.#institution = institution;
  }

  /** @returns the first of `count` numbers in a row, all greater than any that was drawn before */
  async draw(sequence: string, count: number): Promise<number> {
    const waiting = this.#waiting.get(sequence);
    if (waiting !== undefined) {
      const offset = waiting.count;
      waiting.count += count;
      return (await waiting.first) + offset;
    }
    const batch = { count, first: Promise.resolve().then(() => this.#drawBatch(sequence)) };
    this.#waiting.set(sequence, batch);
    return batch.first;
  }

  /** Every sequence that was ever drawn from, with its last number. */
  async all(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#pool.query<{ sequence: string; last: string }>(
      'select sequence, last from xueshibu.numbers where institution = $1',
      [this.#institution],
    );
    return new Map(rows.map(({ sequence, last }) => [sequence, Number(last)]));
  }

  async #drawBatch(sequence: string): Promise<number> {
    const count = this.#waiting.get(sequence)?.count ?? 0;
    this.#waiting.delete(sequence);
    const { rows } = await this.#pool.query<{ last: string }>({
      name: 'draw-numbers',
      text: `insert into xueshibu.numbers as n (institution, sequence, last) values ($1, $2, 1000 + $3::bigint)
        on conflict (institution, sequence) do update set last = n.last + $3::bigint returning last`,
      values: [this.#institution, sequence, count],
    });
    return Number(rows[0]?.last) - count + 1;
  }
}

const mostAhead = 64;

/** The numbers of one transaction. When it runs again it is given the same ones; one that asks for many draws ahead. */
export class DrawnNumbers {
  readonly #numbers: Numbers;
  readonly #drawn = new Map<string, number[]>();
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

  async next(sequence: string): Promise<number> {
    const drawn = this.#drawn.get(sequence) ?? [];
    this.#drawn.set(sequence, drawn);
    const used = this.#used.get(sequence) ?? 0;
    this.#used.set(sequence, used + 1);
    if (used >= drawn.length) {
      const count = Math.min(mostAhead, Math.max(1, Math.floor(drawn.length / 2)));
      const first = await this.#numbers.draw(sequence, count);
      for (let i = 0; i < count; i += 1) drawn.push(first + i);
    }
    return drawn[used] as number;
  }
}
