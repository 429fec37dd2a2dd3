/** The characters that a TrueType font has a glyph for, from its `cmap` (formats 4 and 12). */
export function charactersOf(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const characters = new Set<number>();
  const cmap = tableAt(view, 'cmap');
  for (let i = 0; i < view.getUint16(cmap + 2); i += 1) {
    const table = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    if (view.getUint16(table) === 4) readSegments(view, table, characters);
    if (view.getUint16(table) === 12) readGroups(view, table, characters);
  }
  return characters;
}

function tableAt(view: DataView, tag: string): number {
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const record = 12 + i * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(record + n)));
    if (name === tag) return view.getUint32(record + 8);
  }
  throw new Error(`no table ${tag}`);
}

function readSegments(view: DataView, table: number, into: Set<number>): void {
  const bytes = view.getUint16(table + 6);
  for (let at = 0; at < bytes; at += 2) {
    const end = view.getUint16(table + 14 + at);
    const start = view.getUint16(table + 16 + bytes + at);
    const delta = view.getUint16(table + 16 + 2 * bytes + at);
    const offsetAt = table + 16 + 3 * bytes + at;
    const offset = view.getUint16(offsetAt);
    for (let character = start; character <= end && character !== 0xffff; character += 1) {
      const glyph = offset === 0 ? character + delta : view.getUint16(offsetAt + offset + 2 * (character - start));
      if ((glyph & 0xffff) !== 0) into.add(character);
    }
  }
}

function readGroups(view: DataView, table: number, into: Set<number>): void {
  for (let i = 0; i < view.getUint32(table + 12); i += 1) {
    const group = table + 16 + i * 12;
    for (let character = view.getUint32(group); character <= view.getUint32(group + 4); character += 1) {
      if (view.getUint32(group + 8) + character - view.getUint32(group) !== 0) into.add(character);
    }
  }
}
