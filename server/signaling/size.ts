/** About how many bytes a message takes on the wire, without writing it: what it waits for is that nobody has time. */
export function roughBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 2;
  for (const [name, part] of Object.entries(value)) bytes += name.length + 4 + roughBytes(part);
  return bytes;
}
