import type { Json } from './draft';

/** A file's name from a title: what file systems don't take is left out. */
export function fileNameOf(title: string): string {
  const plain = title.replace(/[\p{Cc}/\\:*?"<>|]+/gu, ' ').trim();
  return `${plain || 'scenario'}.scenario.json`;
}

/** The text of an exported file: what was imported comes out again. The id is the arcade's own and stays here. */
export function fileTextOf(draft: Json): string {
  const content =
    typeof draft === 'object' && draft !== null && !Array.isArray(draft)
      ? Object.fromEntries(Object.entries(draft).filter(([key]) => key !== 'scenario_id'))
      : draft;
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Has the browser save a draft as a file. */
export function exportFile(draft: Json, title: string): void {
  const url = URL.createObjectURL(new Blob([fileTextOf(draft)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(title);
  link.click();
  URL.revokeObjectURL(url);
}
