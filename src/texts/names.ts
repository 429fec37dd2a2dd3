interface Words {
  readonly line?: number;
  readonly who: string;
}

const mostNamed = 10;
const place = ({ line, who }: Words): string => `${line === undefined ? '' : `第 ${line} 行`}“${who}”`;
const listed = (said: readonly Words[]): string =>
  said.length > mostNamed
    ? `${said.slice(0, mostNamed).map(place).join('、')}等 ${said.length} 处`
    : said.map(place).join('、');

/** What is wrong with the names in a roll, a sheet or a list of scores. */
export const namesTexts = {
  unknown: (said: readonly Words[]): string => `${listed(said)}不在本班名单中，请写全名或工号，或删去。`,
  twice: (said: readonly Words[]): string => `${listed(said)}写了两次，请只留一次。`,
  several: (said: Words, people: readonly string[]): string =>
    `${place(said)}有 ${people.length} 位同名，请写成${people.join('或')}。`,
  whichTitle: '是哪一位',
  which: (said: string, count: number): string => `本班有 ${count} 位“${said}”，请选择；还没有保存。`,
  label: ({ name, unit }: { readonly name: string; readonly unit: string }): string => `${name} ${unit}`.slice(0, 20),
  cancel: '取消',
} as const;
