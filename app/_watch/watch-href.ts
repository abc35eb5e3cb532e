/** The address of a fight; the characters are in it so that an exhibition can be joined by a link. */
export function watchHref({
  matchId,
  characters,
}: {
  matchId: string;
  characters: readonly [number, number];
}): string {
  return `/watch/${encodeURIComponent(matchId)}?p1=${characters[0]}&p2=${characters[1]}`;
}

/** A character id from an address; the first fighter when it says nothing sensible. */
export function characterFrom(parameter: string | undefined): number {
  return /^[1-9]\d{0,3}$/.test(parameter ?? '') ? Number(parameter) : 1;
}
