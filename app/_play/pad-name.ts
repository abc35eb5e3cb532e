/**
 * What to call a pad, from the driver's `id`: Chrome puts vendor and layout behind the name, in brackets, Firefox two
 * numbers before it.
 * @returns an empty string when the driver gives no name
 */
export function padName(id: string): string {
  return id
    .replace(/^[0-9a-f]{1,4}-[0-9a-f]{1,4}-/i, '')
    .replace(/\s*\((?:standard gamepad|vendor:).*$/i, '')
    .trim()
    .slice(0, 60);
}
