import type { z } from 'zod';
import { policyFaults } from '../texts/policy-faults.ts';

/** The policy files cannot be used; one Chinese sentence per fault, all at once. */
export class PolicyError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super([policyFaults.heading(faults.length), ...faults].join('\n'));
    this.name = 'PolicyError';
    this.faults = faults;
  }
}

/** A found value as a person can find it again: JSON, cut when long. */
export function quote(value: unknown): string {
  if (value === undefined) return '空缺';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );

/** A place as people count: `versions 第 2 项 value`. */
const showPath = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? `第 ${key + 1} 项` : String(key))).join(' ');

/** One sentence per issue of zod: messages of the schemas say what is expected. */
export const sayIssues = (file: string, where: string, root: unknown, error: z.ZodError): string[] =>
  error.issues.map((issue) => {
    const path = showPath(issue.path);
    const place = where === '' || path === '' ? where + path : policyFaults.place(where, path);
    return issue.code === 'unrecognized_keys'
      ? policyFaults.key(file, place, issue.keys.join('、'))
      : policyFaults.value(file, place === '' ? '内容' : place, quote(valueAt(root, issue.path)), issue.message);
  });
