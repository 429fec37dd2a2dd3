import { type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * Structured logs on stderr: a static message plus fields. Secrets and what people write are cut out here, whoever
 * forgets to; the field names stand for themselves at any of the first levels.
 */
const hidden = [
  'text',
  'reply',
  'words',
  'form',
  'press',
  'secret',
  'token',
  'password',
  'authorization',
  'mobile',
  'email',
  'name',
];

export const createLog = (level: LogLevel): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: hidden.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[…]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
