/** A uint32 (checksum, seed) as people compare it: eight hexadecimal digits, the same form everywhere. */
export function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
