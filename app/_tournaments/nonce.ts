const KEY = 'queue-nonce';
const BYTES = 32;

/**
 * What this browser gives to the draw of a tournament: 32 random bytes as 64 hex digits, drawn once and kept, so that
 * they can be found again in the public log.
 */
export function nonceFor(tournamentId: string): string {
  const kept = keptNonce(tournamentId);
  if (kept !== undefined) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  const nonce = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  try {
    localStorage.setItem(`${KEY}.${tournamentId}`, nonce);
  } catch {
    // Storage is forbidden here: it counts in the draw all the same, and can't be compared afterwards.
  }
  return nonce;
}

/** The nonce that this browser gave, if it did. */
export function keptNonce(tournamentId: string): string | undefined {
  try {
    return localStorage.getItem(`${KEY}.${tournamentId}`) ?? undefined;
  } catch {
    return undefined;
  }
}
