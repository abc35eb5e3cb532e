import { createKept } from './kept';

/** Whether this browser wants no direct way to an opponent, who would learn its address: kept here, decided by the player. */
export const relayOnly = createKept('relay-only', (kept) => kept === true || kept === 1);
