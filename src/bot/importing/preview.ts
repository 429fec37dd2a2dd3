import type { Clock } from '../../clock.ts';
import { DocumentError, OtherTableError, type TableKind } from '../../documents/document-error.ts';
import { workbookLimits } from '../../documents/workbook.ts';
import type { Cadre } from '../../domain/cadre.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import type { IncomingFile } from '../../messenger/messenger.ts';
import type { Store } from '../../store/store.ts';
import { botTexts } from '../../texts/bot.ts';
import { documentTexts } from '../../texts/documents.ts';
import { rulesInForce } from '../rules/in-force.ts';
import { createPause, lookingAgain, planImport } from './plan.ts';
import { readImport } from './read.ts';
import type { ImportReport } from './report.ts';

/** A workbook that somebody has sent, read and planned; or why not, in a sentence. */
export type ImportPreview =
  | { readonly ok: true; readonly fileName: string; readonly blob: string; readonly report: ImportReport }
  | {
      readonly ok: false;
      readonly fileName: string;
      readonly fault: string;
      /** What it is instead of a roster or a ledger. */
      readonly kind?: TableKind;
    };

/** Reads a workbook for somebody who may import. */
export type WorkbookReader = (file: IncomingFile, importer: Cadre) => Promise<ImportPreview>;

export const createWorkbookReader =
  (parts: { store: Store; policies: PolicyBook; clock: Clock }): WorkbookReader =>
  async ({ name, blob, size, fault }, importer) => {
    const fileName = bareName(name);
    const refuse = (why: string) => ({ ok: false, fileName, fault: why }) as const;
    if (fault !== undefined) return refuse(fault);
    if (size > workbookLimits.fileBytes) return refuse(documentTexts.tooBig(workbookLimits.fileBytes / 1048576));
    const bytes = await parts.store.blobs.get(blob);
    if (bytes === undefined) return refuse(botTexts.fileGone(fileName));
    try {
      const report = await planImport(lookingAgain(parts.store), await readImport(bytes), {
        policies: await parts.store.read(rulesInForce(parts.policies)),
        by: importer.staffNo,
        at: parts.clock.now(),
        mayAssignRoles: importer.roles.includes('archivist'),
        pause: createPause(),
      });
      return { ok: true, fileName, blob, report };
    } catch (error) {
      if (error instanceof OtherTableError) return { ...refuse(error.message), kind: error.kind };
      if (error instanceof DocumentError) return refuse(error.message);
      throw error;
    }
  };

/** Without the folders that some programs send along. */
export const bareName = (name: string): string => (name.split(/[/\\]/).at(-1) ?? name).slice(-80);
