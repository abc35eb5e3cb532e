/** Numbers of the rules that belong to no character. Times are frames (60 a second), lengths stage units. */

/** Raised by hand whenever the same inputs would give another match. */
export const RULES_VERSION = 1;

/** Sub-units in a stage unit: positions and speeds are fixed-point integers. */
export const SUB = 256;

/** The middle of a fighter can't pass this distance from the middle of the stage. */
export const WALL_X = 440;
/** Distance of both marks from the middle at the start of a round. */
export const START_X = 110;

export const READY_FRAMES = 75;
export const ROUND_FRAMES = 99 * 60;
export const ROUND_OVER_FRAMES = 150;
export const MAX_ROUNDS = 3;
export const WINS_NEEDED = 2;

/** No match consumes more inputs than this, whatever the players do. */
export const MAX_MATCH_FRAMES = 20_000;

export const MAX_GAUGE = 1000;

/** A button pressed this long before it can act still acts. */
export const BUFFER_FRAMES = 6;
/** Two taps of a direction within this time are a dash. */
export const TAP_FRAMES = 12;
/** A caught player who presses throw within this time breaks free. */
export const TECH_FRAMES = 10;
