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

/**
 * The characters with which an address asks for an exhibition; undefined when it names none, and so asks for a match
 * between people.
 */
export function charactersFrom(
  p1: string | undefined,
  p2: string | undefined,
): readonly [number, number] | undefined {
  return p1 === undefined && p2 === undefined ? undefined : [characterFrom(p1), characterFrom(p2)];
}

/** A character id from an address; the first fighter when it says nothing sensible. */
function characterFrom(parameter: string | undefined): number {
  return /^[1-9]\d{0,3}$/.test(parameter ?? '') ? Number(parameter) : 1;
}
