import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { UsageError } from '../exit-code.ts';
import type { createLog } from '../log.ts';
import { cliTexts } from '../texts/cli.ts';

export interface DoorParts {
  readonly config: Config;
  readonly log: ReturnType<typeof createLog>;
  readonly print: (line: string) => void;
}

/** One command of the operator's command line. @throws coded errors, whose exit code and sentence `cli.ts` gives */
export type Door = (args: readonly string[], parts: DoorParts) => Promise<void>;

/** Words and options of a command line. @throws UsageError naming the word that is not understood */
export function readArgs<O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
  most: number,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const extra = parsed.positionals[most];
    if (extra !== undefined) throw new UsageError(cliTexts.tooMany(extra));
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const option = /'([^' ]+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? args.join(' ');
    throw new UsageError(cliTexts.unknownOption(option), { cause: error });
  }
}
