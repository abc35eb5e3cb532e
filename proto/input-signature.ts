/**
 * What a player's key signs (docs/CONTRACT.md, PEER): the whole column from frame 0, so a signature does not depend on how
 * the inputs were cut into messages, the newest covers all before it, and two of which neither continues the other convict.
 */

const HEAD = 'arcade-clash inputs 1\n';

/**
 * The bytes to sign or verify.
 * @param column little-endian uint16, one a frame, from frame 0
 */
export function signedBytes(
  sessionId: string,
  playerIndex: 1 | 2,
  column: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`${HEAD}${sessionId}\n${playerIndex}\n`);
  const bytes = new Uint8Array(head.length + column.length);
  bytes.set(head);
  bytes.set(column, head.length);
  return bytes;
}
