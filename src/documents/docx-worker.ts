import { runApart, serveApart } from './apart.ts';

/** The words of a Word document that the zip guard has passed, a paragraph a line. @throws DocumentError */
export async function readDocx(bytes: Uint8Array): Promise<string> {
  const parts: string[] = [];
  await runApart<string>(import.meta.url, [bytes], (part) => parts.push(part));
  return parts.join('');
}

serveApart<Uint8Array, string>(import.meta.url, async ([bytes = new Uint8Array()], post) => {
  const { default: mammoth } = await import('mammoth');
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  post(value.replaceAll('\n\n', '\n'));
});
