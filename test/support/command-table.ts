import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { commands } from '../../commands/index.ts';
import { type Rank, rightsMatrix } from '../../src/bot/rights.ts';
import { packageRoot } from '../../src/config.ts';
import { roleNames } from '../../src/texts/glossary.ts';

const shown: readonly Rank[] = ['stranger', 'cadre', 'unit-head', 'clerk', 'department-head', 'archivist'];
const nameOf = (rank: Rank): string => (rank === 'stranger' ? '未绑定' : rank === 'cadre' ? '干部' : roleNames[rank]);

/** The table of everything people can say and who may say it, generated from the declarations. */
export function commandTable(): string {
  const head = ['命令', '作用', '例子', ...shown.map(nameOf)];
  const rows = rightsMatrix(commands).map(({ command, allowed }) => [
    [command.name, ...command.aliases.filter((alias) => alias !== '?')].join('、'),
    command.summary,
    `\`${command.examples[0] ?? command.name}\``,
    ...shown.map((rank) => (allowed[rank] ? '✓' : '')),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const readmes = ['README.md', 'README.zh-CN.md'].map((name) => path.join(packageRoot, name));
const place = /(<!-- commands -->\n)[\s\S]*?(\n<!-- \/commands -->)/;

/** The readme with its table made anew. */
export const withTable = (readme: string): string => {
  if (!place.test(readme)) throw new Error('the readme has no place for the command table');
  return readme.replace(place, (_, before: string, after: string) => `${before}${commandTable()}${after}`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const file of readmes) await writeFile(file, withTable(await readFile(file, 'utf8')));
}
