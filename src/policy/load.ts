import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Day } from '../domain/day.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { policyFaults } from '../texts/policy-faults.ts';
import { createBook } from './book.ts';
import { createCalendar, type HolidayTable, readHolidayTable } from './calendar.ts';
import { checkHistory } from './checks.ts';
import type { RuleHistory } from './history.ts';
import { readJson } from './json.ts';
import { PolicyError, sayIssues } from './policy-error.ts';
import { isRuleName, type RuleName, type RuleText, ruleNames, ruleSchema, ruleShapes } from './rules.ts';

const fileSchema = z.strictObject({ rules: z.array(z.unknown(), '规则的列表') }, '含 rules 的对象');
const namedSchema = z.object({ name: z.string() });

type Version = { readonly from: Day; readonly value: unknown };

/** A rule of a file; `text` is null when it was written so badly that only its name is known. */
interface FoundRule {
  readonly file: string;
  readonly name: string;
  readonly text: RuleText | null;
}

const listJson = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort();

/** The content of a JSON file, or undefined with a fault. */
function readFile(dir: string, file: string, faults: string[]): unknown {
  let text: string;
  try {
    text = readFileSync(join(dir, file), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    faults.push(policyFaults.unreadable(file, (error as NodeJS.ErrnoException).code ?? String(error)));
    return undefined;
  }
  const reading = readJson(text);
  if (reading.ok) return reading.value;
  faults.push(policyFaults.json(file, reading.line, reading.column));
  return undefined;
}

/** The rules of a file, or null when it is no policy file. */
function readRules(dir: string, file: string, faults: string[]): FoundRule[] | null {
  const content = readFile(dir, file, faults);
  if (content === undefined) return null;
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    faults.push(...sayIssues(file, '', content, parsed.error));
    return null;
  }
  return parsed.data.rules.flatMap((raw, i) => {
    const named = namedSchema.safeParse(raw);
    const rule = ruleSchema.safeParse(raw);
    if (!rule.success) {
      faults.push(
        ...sayIssues(file, named.success ? `规则 ${named.data.name}` : `第 ${i + 1} 条规则`, raw, rule.error),
      );
    }
    return named.success ? [{ file, name: named.data.name, text: rule.data ?? null }] : [];
  });
}

/** The rule's versions with checked values, in the order of the file. */
function readVersions(file: string, name: RuleName, text: RuleText, faults: string[]): Version[] {
  const { unit, schema } = ruleShapes[name];
  if (text.unit !== unit) faults.push(policyFaults.unit(file, name, text.unit, unit));
  return text.versions.flatMap(({ from, value }, i) => {
    const before = text.versions[i - 1];
    if (before !== undefined && from <= before.from) faults.push(policyFaults.order(file, name, from, before.from));
    const parsed = schema.safeParse(value);
    if (parsed.success) return [{ from, value: parsed.data }];
    faults.push(...sayIssues(file, `规则 ${name} 自 ${from} 起的值`, value, parsed.error));
    return [];
  });
}

function readTables(dir: string, faults: string[]): HolidayTable[] {
  const holidays = join(dir, 'holidays');
  let files: string[];
  try {
    files = listJson(holidays);
  } catch {
    return [];
  }
  return files.flatMap((file) => {
    if (!/^\d{4}\.json$/.test(file)) faults.push(policyFaults.holidayName(file));
    const content = readFile(dir, join('holidays', file), faults);
    if (content === undefined) return [];
    const { table, faults: found } = readHolidayTable(file, content);
    faults.push(...found);
    return table === null ? [] : [table];
  });
}

/**
 * Reads the policy folder: rules from `*.json`, holiday tables from `holidays/YYYY.json` (none is allowed). Hours stand
 * there as people write them and come out as hundredths; `rules` shows them as written.
 *
 * @throws PolicyError with every fault that was found
 */
export function loadPolicy(dir: string): PolicyBook {
  const faults: string[] = [];
  let files: string[];
  try {
    files = listJson(dir);
  } catch {
    throw new PolicyError([policyFaults.folder(dir)]);
  }
  const read = files.map((file) => readRules(dir, file, faults));
  const calendar = createCalendar(readTables(dir, faults));
  const found = read.flatMap((rules) => rules ?? []);

  const first = new Map<string, FoundRule>();
  const versions = new Map<RuleName, Version[]>();
  for (const rule of found) {
    const earlier = first.get(rule.name);
    if (earlier !== undefined) {
      faults.push(policyFaults.repeatedRule(rule.file, rule.name, earlier.file));
      continue;
    }
    first.set(rule.name, rule);
    if (isRuleName(rule.name) && rule.text !== null) {
      versions.set(rule.name, readVersions(rule.file, rule.name, rule.text, faults));
    }
  }
  const missing = ruleNames.filter((name) => !first.has(name));
  const unknown = [...first.values()].filter((rule) => !isRuleName(rule.name));
  for (const { file, name } of unknown) faults.push(policyFaults.unknownRule(file, name, missing));
  // A misspelt name, or a file that could not be read, accounts for what is missing.
  if (unknown.length === 0 && !read.includes(null)) faults.push(...missing.map(policyFaults.missingRule));
  if (faults.length > 0) throw new PolicyError(faults);

  // Every rule is there once and its values have passed their schemas.
  const history = Object.fromEntries(versions) as unknown as RuleHistory;
  const contradictions = checkHistory(history, first.get('cycle')?.file ?? '', (rule) => rule);
  if (contradictions.length > 0) throw new PolicyError(contradictions);
  return createBook(
    history,
    ruleNames.flatMap((name) => first.get(name)?.text ?? []),
    calendar,
  );
}
