/** One line of a self-check: it is well, or says what to do. */
export interface Finding {
  readonly isOk: boolean;
  readonly sentence: string;
}

export const fine = (sentence: string): Finding => ({ isOk: true, sentence });
export const attention = (sentence: string): Finding => ({ isOk: false, sentence });
