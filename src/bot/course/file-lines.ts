import { z } from 'zod';
import { sheetTexts } from '../../texts/sheet.ts';
import type { Context } from '../context.ts';

/** The lines of a workbook, and what the command's open question says of what they are about. */
export interface FileLines {
  readonly lines: string;
  readonly about: object | null;
}

/** More than any class fills. */
const mostCharacters = 100_000;

/** What the workbook that came along with a command says, or why it is not taken; null when none came. */
export async function linesOf(
  context: Context,
  command: string,
  columns: readonly string[],
): Promise<FileLines | { readonly fault: string } | null> {
  const { workbook } = context;
  if (workbook === null || workbook.command !== command) return null;
  if (!workbook.ok) return { fault: workbook.fault };
  const lines = z.string().parse(workbook.content);
  if (lines.length > mostCharacters) return { fault: sheetTexts.fileTooLong(workbook.fileName) };
  if (lines === '') return { fault: sheetTexts.fileEmpty(workbook.fileName, columns) };
  const open = await context.question();
  return { lines, about: open?.command === command ? open.args : null };
}
