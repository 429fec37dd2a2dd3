import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { commands } from '../../commands/index.ts';
import { type Rank, rightsMatrix } from '../../src/bot/rights.ts';
import { packageRoot } from '../../src/config.ts';
import { menu } from '../../src/messenger/feishu/menu.ts';
import { scopesToImport } from '../../src/messenger/feishu/scopes.ts';
import { roleNames } from '../../src/texts/glossary.ts';

const shown: readonly Rank[] = ['stranger', 'cadre', 'unit-head', 'clerk', 'department-head', 'archivist'];
const nameOf = (rank: Rank): string => (rank === 'stranger' ? '未绑定' : rank === 'cadre' ? '干部' : roleNames[rank]);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Everything people can say and who may say it. */
const commandTable = (): string =>
  table(
    ['命令', '作用', '例子', ...shown.map(nameOf)],
    rightsMatrix(commands).map(({ command, allowed }) => [
      [command.name, ...command.aliases.filter((alias) => alias !== '?')].join('、'),
      command.summary,
      `\`${command.examples[0] ?? command.name}\``,
      ...shown.map((rank) => (allowed[rank] ? '✓' : '')),
    ]),
  );

/** The keys of the bot's menu, and what each says. */
const menuTable = (): string =>
  table(
    ['key', '说的话'],
    Object.values<readonly { key: string; says: string }[]>(menu).flatMap((entries) =>
      entries.map(({ key, says }) => [`\`${key}\``, says]),
    ),
  );

const scopes = (): string => `\`\`\`json\n${JSON.stringify(scopesToImport, null, 2)}\n\`\`\``;

/** What stands between two marks of a document, by their name. */
const makers: Readonly<Record<string, () => string>> = { commands: commandTable, menu: menuTable, scopes };

const at = (name: string): string => path.join(packageRoot, name);
export const readmes = ['README.md', 'README.zh-CN.md'].map(at);
/** The documents with parts made from the declarations, and which parts each must have. */
export const generated: readonly (readonly [file: string, parts: readonly string[]])[] = [
  ...readmes.map((file) => [file, ['commands']] as const),
  ...['docs/feishu-setup.md', 'docs/feishu-setup.zh-CN.md'].map((name) => [at(name), ['scopes', 'menu']] as const),
];

/** A document with its parts made anew. @throws Error when it has no place for one of them */
export function withParts(document: string, parts: readonly string[]): string {
  return parts.reduce((text, part) => {
    const place = new RegExp(`(<!-- ${part} -->\\n)[\\s\\S]*?(<!-- /${part} -->)`);
    if (!place.test(text)) throw new Error(`there is no place for ${part}`);
    return text.replace(place, (_, before: string, after: string) => `${before}${makers[part]?.()}\n${after}`);
  }, document);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [file, parts] of generated) await writeFile(file, withParts(await readFile(file, 'utf8'), parts));
}
