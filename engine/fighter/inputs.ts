/** Bits of a player's 16-bit input. Directions are the screen's; bits 8 to 15 are reserved and ignored. */
export const Input = {
  Up: 1,
  Down: 2,
  Left: 4,
  Right: 8,
  Light: 16,
  Heavy: 32,
  Special: 64,
  Throw: 128,
} as const;

const VERTICAL = Input.Up | Input.Down;
const HORIZONTAL = Input.Left | Input.Right;
const KNOWN = 0xff;

/** The mask without reserved bits; opposite directions cancel, so that no keyboard has an edge. */
export function cleanInput(mask: number): number {
  let clean = mask & KNOWN;
  if ((clean & VERTICAL) === VERTICAL) clean &= ~VERTICAL;
  if ((clean & HORIZONTAL) === HORIZONTAL) clean &= ~HORIZONTAL;
  return clean;
}

/** Horizontal direction of a clean mask: -1 left, 0 none, 1 right. */
export function horizontal(mask: number): number {
  return ((mask >> 3) & 1) - ((mask >> 2) & 1);
}

/** The mask as the opponent's mirror image would press it. */
export function mirrorInput(mask: number): number {
  const others = mask & ~HORIZONTAL;
  return others | ((mask & Input.Left) << 1) | ((mask & Input.Right) >> 1);
}
