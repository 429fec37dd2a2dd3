import { createHash } from 'node:crypto';

/** The first 16 hex digits of a file's sha256: enough to tell one file from another. */
export const hash16 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
