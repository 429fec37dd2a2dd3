import {
  AlignmentType,
  Document,
  Footer,
  HeightRule,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';

/** A report in the form of official documents: title, headed parts, who and when, and tables on pages of their own. */
export interface OfficialDocument {
  readonly title: string;
  readonly parts: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
  /** Below the text, at the right: the office and the day. */
  readonly signature: readonly string[];
  readonly annexes: readonly OfficialTable[];
}

export interface OfficialTable {
  readonly title: string;
  readonly columns: readonly { readonly name: string /** Share of the table's width. */; readonly width: number }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Twentieths of a point in a millimetre. */
const mm = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);
/** GB/T 9704-2012: A4, 天头 37, 订口 28, 版心 156 × 225. */
const page = { width: mm(210), height: mm(297) };
const margin = { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26) };
/** 3号 and 2号, in half-points; a line of 29 points gives 22 lines a page. */
const [size, titleSize, smallSize] = [32, 44, 21];
const line = { line: 580, lineRule: LineRuleType.EXACT };

/** The standard's typefaces, with what a machine without them takes instead. */
const faces = { body: '仿宋_GB2312', title: '方正小标宋简体', heading: '黑体', table: '宋体' } as const;
const font = (name: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: name, cs: name });

/** What XML forbids would keep Word from opening the file. */
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const run = (text: string, face: string, halfPoints = size, bold = false): TextRun =>
  new TextRun({ text: text.replace(forbidden, ''), font: font(face), size: halfPoints, bold });

/** Printed Chinese has no spaces about its figures, which chat has for the eye. */
const tight = (text: string): string =>
  text.replace(/(?<=[\p{Script=Han}（，。；：、]) (?=\d)|(?<=\d) (?=[\p{Script=Han}%])/gu, '');

/** Two characters; the length in points is for programs that do not count characters. */
const indent = { firstLineChars: 200, firstLine: size * 10 * 2 };

const paragraph = (text: string, isLast: boolean): Paragraph =>
  new Paragraph({
    children: [run(tight(text), faces.body)],
    spacing: line,
    indent,
    alignment: AlignmentType.BOTH,
    // The signature never stands alone on a page.
    keepNext: isLast,
    keepLines: isLast,
  });
const heading = (text: string): Paragraph =>
  new Paragraph({
    children: [run(text, faces.heading)],
    spacing: line,
    indent,
    keepNext: true,
  });
const title = (text: string): Paragraph =>
  new Paragraph({
    children: [run(text, faces.title, titleSize)],
    spacing: { ...line, line: 680, after: 580 },
    alignment: AlignmentType.CENTER,
  });
const signed = (text: string): Paragraph =>
  new Paragraph({
    children: [run(text, faces.body)],
    spacing: line,
    alignment: AlignmentType.RIGHT,
    indent: { right: size * 10 * 4 },
    keepLines: true,
  });

/** 4号 half-width page numbers between dashes. */
const footer = new Footer({
  children: [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font(faces.table), size: 28 })],
    }),
  ],
});

function table({ columns, rows }: OfficialTable, width: number): Table {
  const whole = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => Math.floor((width * column.width) / whole));
  const row = (cells: OfficialTable['rows'][number], isHeader: boolean): TableRow =>
    new TableRow({
      tableHeader: isHeader,
      cantSplit: true,
      height: { value: 400, rule: HeightRule.ATLEAST },
      children: cells.map(
        (cell, i) =>
          new TableCell({
            width: { size: widths[i] ?? 0, type: WidthType.DXA },
            verticalAlign: VerticalAlign.CENTER,
            margins: { left: 60, right: 60 },
            children: [
              new Paragraph({
                alignment: isHeader || typeof cell === 'number' ? AlignmentType.CENTER : AlignmentType.LEFT,
                children: [run(cell === null ? '' : String(cell), isHeader ? faces.heading : faces.table, smallSize)],
              }),
            ],
          }),
      ),
    });
  return new Table({
    columnWidths: widths,
    width: { size: width, type: WidthType.DXA },
    rows: [
      row(
        columns.map(({ name }) => name),
        true,
      ),
      ...rows.map((cells) => row(cells, false)),
    ],
  });
}

/** The document as a Word file. */
export async function writeOfficial(document: OfficialDocument): Promise<Uint8Array> {
  const across = page.height - margin.left - margin.right;
  const file = new Document({
    title: document.title,
    creator: '学时簿',
    styles: { default: { document: { run: { font: font(faces.body), size } } } },
    sections: [
      {
        properties: { page: { size: page, margin } },
        footers: { default: footer },
        children: [
          title(document.title),
          ...document.parts.flatMap((part, i) => [
            heading(part.heading),
            ...part.paragraphs.map((text, j) =>
              paragraph(text, i === document.parts.length - 1 && j === part.paragraphs.length - 1),
            ),
          ]),
          new Paragraph({ spacing: line, keepNext: true }),
          ...document.signature.map(signed),
        ],
      },
      ...document.annexes.map((annex) => ({
        // Tables are wide: their pages lie on the side.
        properties: {
          page: {
            size: { ...page, orientation: PageOrientation.LANDSCAPE },
            margin: { top: margin.left, bottom: margin.right, left: margin.left, right: margin.right },
          },
        },
        footers: { default: footer },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [run(annex.title, faces.title, 32)],
          }),
          table(annex, across),
        ],
      })),
    ],
  });
  return Packer.toBuffer(file);
}
