import { cadres } from '../domain/cadre.ts';
import { listAll, type Reader } from '../store/store.ts';

/** The first person of the roster whose name or 工号 a text mentions, or null: what goes to a group names nobody. */
export async function findNamed(view: Reader, said: string): Promise<string | null> {
  const found = (await listAll(view, cadres)).find(
    ({ name, staffNo }) => said.includes(name) || said.includes(staffNo),
  );
  return found?.name ?? null;
}
