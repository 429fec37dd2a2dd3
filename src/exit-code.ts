import { ConfigError } from './config.ts';
import { DocumentError } from './documents/document-error.ts';
import { ListenError } from './http/server.ts';
import { JobError } from './jobs/job.ts';
import { LookUpError } from './messenger/messenger.ts';
import { PolicyError } from './policy/policy-error.ts';
import { StoreError, type StoreFault } from './store/store.ts';
import { cliTexts } from './texts/cli.ts';

/** The operator asked for something that does not exist (64). */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The answer is no (1): what was asked was done, and its result is bad. */
export class NegativeAnswer extends Error {
  override readonly name = 'NegativeAnswer';
}

/** Some rows of a file are bad; the good ones went in (65). */
export class FaultyRows extends Error {
  override readonly name = 'FaultyRows';
}

/** A file that the operator asked for cannot be written (73). */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite';
}

const storeCodes: Record<StoreFault, number> = {
  'not-writable': 73,
  io: 74,
  'in-use': 75,
  damaged: 65,
  unavailable: 74,
  away: 69,
  'not-prepared': 78,
  'other-database': 78,
  'append-only': 65,
};

/** The exit code of a fault and the sentences that say what is wrong and what to do. */
export function explainFault(fault: unknown): { code: number; sentences: readonly string[] } {
  if (fault instanceof ConfigError || fault instanceof PolicyError) return { code: 78, sentences: fault.faults };
  if (fault instanceof StoreError) {
    const { fault: kind, message } = fault;
    return { code: storeCodes[kind], sentences: [kind === 'away' ? cliTexts.again(message) : message] };
  }
  if (fault instanceof DocumentError || fault instanceof FaultyRows) return { code: 65, sentences: [fault.message] };
  if (fault instanceof CannotWrite) return { code: 73, sentences: [fault.message] };
  if (fault instanceof LookUpError) return { code: 69, sentences: [fault.message] };
  if (fault instanceof ListenError) return { code: 78, sentences: [fault.message] };
  if (fault instanceof UsageError || fault instanceof JobError) return { code: 64, sentences: [fault.message] };
  if (fault instanceof NegativeAnswer) return { code: 1, sentences: [fault.message] };
  const message = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return { code: 70, sentences: [cliTexts.unexpected(message)] };
}
