import type { Utterance } from './utterance.ts';

/** Three people who were not thought of before. */
export const voices: readonly Utterance[] = [];
