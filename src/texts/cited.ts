/** What somebody wrote, in quotation marks; of long words the beginning, with a sign that there is more. */
export function cited(said: string, most = 20): string {
  const letters = Array.from(said);
  return `“${letters.length > most ? `${letters.slice(0, most).join('')}…` : said}”`;
}
