import { existsSync } from 'node:fs';
import path from 'node:path';

/** The package's root: where `data/` lies, whatever the working directory and whether built or not. */
export const packageRoot: string = (() => {
  let directory = import.meta.dirname;
  while (!existsSync(path.join(directory, 'package.json'))) directory = path.dirname(directory);
  return directory;
})();
