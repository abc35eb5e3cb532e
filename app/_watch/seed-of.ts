/** A uint32 that is the same for everybody who watches a match (FNV-1a of its id): it chooses the backdrop. */
export function seedOf(matchId: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < matchId.length; index++) {
    hash = Math.imul(hash ^ matchId.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
