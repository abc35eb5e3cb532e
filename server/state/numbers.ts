/** The numbers that the database holds are 32 bits wide: what grows beyond stays at the edge. */
const MAX = 2_147_483_647;
const MIN = -2_147_483_648;

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** A whole number that a column can hold. */
export function toInt32(value: number): number {
  return clamp(Math.round(value), MIN, MAX);
}

/** Hit points after a change: never below 0 nor above the most. */
export function changedHp(hp: number, change: number, maxHp: number): number {
  return clamp(hp + change, 0, maxHp);
}

/** Affinity between the player and an NPC after a change: 0 to 100. */
export function clampAffinity(value: number): number {
  return clamp(value, 0, 100);
}

/**
 * How far a run is, as the public system computes it: 3 acts of 10 sequences each are the whole.
 * @returns percent with two digits; may exceed 100
 */
export function progressPercentage(act: number, sequence: number): string {
  return ((((act - 1) * 10 + sequence) / 30) * 100).toFixed(2);
}
