/**
 * Pacing between fights, after Booth, "The AI Systems of Left 4 Dead" (2009): tension is built up to a peak, the peak is
 * kept for a few seconds, then nothing more is added until tension has left it, then there is rest. It adjusts when, not
 * how hard.
 */

export type Phase = 'build_up' | 'sustain_peak' | 'fade' | 'relax';

/** How one fight felt. */
export interface FeltFight {
  readonly won: boolean;
  readonly health_left: number;
  readonly opponent_health_left: number;
  readonly seconds: number;
  /** 0 to 100: intensity at most, and on average. */
  readonly peak?: number | undefined;
  readonly mean?: number | undefined;
}

/** Where a player stands now. */
export interface Pacing {
  readonly phase: Phase;
  /** 0 to 100 */
  readonly intensity: number;
  /** Since when in this phase. Seconds, 0 at the beginning. */
  readonly seconds: number;
}

/** Intensity from which it is a peak, and below which a peak is over. */
const PEAK = 80;
const OVER = 33;
/** How long a peak is kept, and how long a rest is: Booth's numbers, drawn by how many peaks there were. Seconds. */
const SUSTAIN_SECONDS = [3, 4, 5] as const;
const RELAX_SECONDS = [30, 35, 40, 45] as const;
/** At rest intensity halves in this time. Seconds. */
const HALF_LIFE_SECONDS = 12;
/** Between two fights, where nobody says how long it was. Seconds. */
const BREAK_SECONDS = 10;
/** Only the last fights are felt, and each for so long at most. */
const MOST_FIGHTS = 10;
const MOST_SECONDS = 300;
/** Where in a fight its peak is. */
const PEAK_AT = 2 / 3;

interface Walk {
  phase: Phase;
  intensity: number;
  seconds: number;
  peaks: number;
  sincePeak: number;
}

/** One second goes by. */
function tick(walk: Walk): void {
  walk.seconds += 1;
  walk.sincePeak += 1;
  const at = walk.peaks;
  if (walk.phase === 'build_up' && walk.intensity >= PEAK) {
    walk.peaks += 1;
    walk.sincePeak = 0;
    enter(walk, 'sustain_peak');
  } else if (
    walk.phase === 'sustain_peak' &&
    walk.seconds >= (SUSTAIN_SECONDS[at % SUSTAIN_SECONDS.length] ?? 4)
  )
    enter(walk, 'fade');
  else if (walk.phase === 'fade' && walk.intensity < OVER) enter(walk, 'relax');
  else if (walk.phase === 'relax' && walk.seconds >= (RELAX_SECONDS[at % RELAX_SECONDS.length] ?? 35))
    enter(walk, 'build_up');
}

function enter(walk: Walk, phase: Phase): void {
  walk.phase = phase;
  walk.seconds = 0;
}

function rest(walk: Walk, seconds: number): void {
  for (let n = 0; n < seconds; n += 1) {
    walk.intensity *= 0.5 ** (1 / HALF_LIFE_SECONDS);
    tick(walk);
  }
}

/** Up to the peak in a straight line, and from there down so that the mean comes out. */
function fight(walk: Walk, felt: FeltFight): void {
  const seconds = Math.round(Math.min(MOST_SECONDS, Math.max(1, felt.seconds)));
  const peak = share(felt.peak ?? guessedPeak(felt));
  const mean = Math.min(peak, share(felt.mean ?? peak / 2));
  const before = walk.intensity;
  const top = Math.max(1, Math.round(seconds * PEAK_AT));
  const rising = (before + peak) / 2;
  const end = share((2 * (mean - PEAK_AT * rising)) / (1 - PEAK_AT) - peak);
  for (let n = 1; n <= seconds; n += 1) {
    walk.intensity =
      n <= top
        ? before + ((peak - before) * n) / top
        : peak + ((Math.min(peak, end) - peak) * (n - top)) / (seconds - top);
    tick(walk);
  }
}

const share = (percent: number): number => Math.min(100, Math.max(0, percent));

/** Where nobody measured it: as hard as much was lost; who lost was pressed hard, the harder the closer it was. */
const guessedPeak = ({ won, health_left, opponent_health_left }: FeltFight): number =>
  won ? 100 - health_left : 100 - 0.3 * opponent_health_left;

/**
 * Walks through the last fights second by second.
 * @param fights oldest first
 * @param secondsSincePeak until now, where it is known; else a short break follows the last fight
 */
export function paceOf(fights: readonly FeltFight[], secondsSincePeak?: number): Pacing {
  const walk: Walk = { phase: 'build_up', intensity: 0, seconds: 0, peaks: 0, sincePeak: 0 };
  fights.slice(-MOST_FIGHTS).forEach((felt, n) => {
    if (n > 0) rest(walk, BREAK_SECONDS);
    fight(walk, felt);
  });
  if (fights.length > 0) {
    const known = secondsSincePeak === undefined ? BREAK_SECONDS : secondsSincePeak - walk.sincePeak;
    rest(walk, Math.round(Math.min(MOST_SECONDS, Math.max(0, known))));
  }
  return { phase: walk.phase, intensity: Math.round(walk.intensity), seconds: walk.seconds };
}
