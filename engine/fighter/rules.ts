import { FRAME_MS, FRAMES_PER_SECOND } from '../rollback/frame-rate';

/** Numbers of the rules that belong to no character. Times are frames (60 per second), lengths stage units. */

/** Raised by hand whenever the same inputs would give another match. */
export const RULES_VERSION = 5;

/** The game runs at the rollback's frame rate; who knows only the game reads it here. */
export { FRAME_MS, FRAMES_PER_SECOND };

/** Sub-units in a stage unit: positions and speeds are fixed-point integers. */
export const SUB = 256;

/** The middle of a fighter can't pass this distance from the middle of the stage. */
export const WALL_X = 440;
/** Distance of both marks from the middle at the start of a round. */
export const START_X = 110;

export const READY_FRAMES = 75;
export const ROUND_FRAMES = 99 * FRAMES_PER_SECOND;
export const ROUND_OVER_FRAMES = 150;
/** Frame of the round-over part from which the winner poses. */
export const WIN_POSE_FRAME = 50;
export const MAX_ROUNDS = 3;
/** Rounds that win a match, unless its config says one. */
export const WINS_NEEDED = 2;

/** No match consumes more inputs than this, whatever the players do. */
export const MAX_MATCH_FRAMES = 20_000;

export const MAX_GAUGE = 1000;

/** A button pressed this long before it can act still acts. */
export const BUFFER_FRAMES = 6;
/** A blow that connected can be cancelled in this many frames after its hitstop; later presses come too late. */
export const CANCEL_FRAMES = 2;
/** Frames into a heavy or special in which the other button still turns it into a super. */
export const SUPER_GRACE_FRAMES = 4;
/** Up to this hit of a combo a cancel stops the other's slide and steps after it (sub-units); later blows drift apart. */
export const HELD_HITS = 3;
export const CANCEL_STEP = 750;
/** Two taps of a direction within this time are a dash. */
export const TAP_FRAMES = 12;
/** A caught player who presses throw within this time breaks free. */
export const TECH_FRAMES = 10;
/** Frames of a throw's hold, from the catch: the throw itself, and when the thrower is free. */
export const THROW_RELEASE_FRAME = 20;
export const THROW_TOTAL_FRAMES = 40;
/** Who is too late to break free is lifted to this height (stage units). */
export const THROW_LIFT_Y = 74;
/** Recovery and push of both after a broken throw. */
export const TECH_STUN = 18;
export const TECH_PUSH = 2600;

export const KNOCKDOWN_FRAMES = 28;
export const WAKEUP_FRAMES = 16;
export const WAKEUP_THROW_SAFE_FRAMES = 10;
/** A back dash begins with frames in which nothing hits. */
export const DASH_SAFE_FRAMES = 6;

/** Nearer than this an opponent's attack raises the guard of who holds back. */
export const THREAT_DISTANCE = 170;

/** Freezes of the whole picture: a super begins, a fighter is knocked out. */
export const SUPER_FREEZE_FRAMES = 32;
export const KO_FREEZE_FRAMES = 26;
/** For this long after a knock-out time runs at half speed. */
export const SLOW_MOTION_FRAMES = 36;

/** What a slide loses a frame, and the pull on a body that was hit off its feet (sub-units a frame). */
export const FRICTION = 150;
export const FALL_GRAVITY = 140;
/** Upward speed of a body hit in the air, or knocked out, by a move that doesn't launch by itself. */
export const POP_VY = 1300;
/** Air hits after which a falling body can't be hit any more. */
export const MAX_JUGGLE = 3;

/** Each hit of a combo does this many percent less than the one before, down to a floor. */
export const SCALING_STEP = 12;
export const SCALING_FLOOR = 28;
/** Each hit of a combo stuns this many frames less, and pushes this much farther (sub-units). */
export const STUN_DECAY = 2;
export const PUSH_GROWTH = 260;
/** Gauge for being hit and for guarding. */
export const GAUGE_HURT = 26;
export const GAUGE_GUARD = 14;
