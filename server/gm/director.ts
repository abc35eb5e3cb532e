import type { Direction, DirectorContext } from '../../proto/gm';
import { type Pacing, paceOf } from './pacing';
import { type Belief, beliefOf, type LevelTable, levelFor, winChance } from './skill';

/** Who is met next, how hard and how patiently: a pure function of what happened. */

/** The chance of a win that is aimed at where a step is of middling level, and where it is good enough. */
export const AIM = 0.62;
/** From the easiest step to the hardest the aim falls by so much: whoever plays, the last act is harder than the first. */
const AIM_FALL = 0.1;
const MIDDLE = 50;
/** At rest the level is held below what would fit, as long as the chance stays within this of the aim. */
const REST_EASE = 0.03;
/** A fight whose intensity never reached this was a dull one. */
const DULL = 33;
const GOOD = [0.55, 0.7] as const;
/** When nobody says what the step wants. */
const ANY_FIGHT = { level: 50, sway: 50 };

export interface Situation {
  readonly fights: NonNullable<DirectorContext['fights']>;
  readonly nextFight: DirectorContext['next_fight'];
  /** By scenario id, 0 to 100. */
  readonly affinities: Readonly<Record<string, number>>;
  readonly secondsSincePeak: number | undefined;
}

const percent = (share: number): number => Math.round(share * 100);
const isResting = ({ phase }: Pacing): boolean => phase === 'fade' || phase === 'relax';

/**
 * Directs the next fight.
 * @param table how hard the levels are
 */
export function direct(table: LevelTable, situation: Situation): Direction {
  const { fights, nextFight, secondsSincePeak } = situation;
  const wanted = nextFight ?? ANY_FIGHT;
  const [low, high] = rangeOf(wanted);
  const belief = beliefOf(table, fights);
  const pacing = paceOf(fights, secondsSincePeak);
  const aim = aimAt(wanted.level);
  const best = levelFor(table, belief, { aim, low, high });
  const lastFight = fights.at(-1);
  const last = lastFight?.level;
  const isDull = wasDull(lastFight);
  const isHeld = last !== undefined && isResting(pacing) && best > last;
  const level = isHeld
    ? Math.max(low, Math.floor(last), levelFor(table, belief, { aim: aim + REST_EASE, low, high }))
    : best;
  const chance = winChance(table, belief, level);
  const opponent = opponentOf(situation, pacing);
  return {
    ...{ phase: pacing.phase, intensity: pacing.intensity, level, pace: paceFor(pacing, chance, isDull) },
    ...(opponent === undefined ? {} : { opponent }),
    expected_win_percent: percent(chance),
    reasons: [
      skillReason(table, belief, fights),
      levelReason({ level, chance, aim, low, high, wanted: wanted.level }),
      pacingReason(pacing),
      ...(lastFight?.peak === undefined ? [] : [feltReason(lastFight, pacing, isDull)]),
      ...(isHeld && level < best
        ? [
            `Level ${best} would fit, but it is ${pacing.phase}: ${level} after the last fight's ${Math.floor(last)}.`,
          ]
        : []),
      ...(opponent !== undefined && (nextFight?.opponents?.length ?? 0) > 1
        ? [opponentReason(situation, pacing, opponent)]
        : []),
    ],
  };
}

const withinShare = (value: number): number => Math.min(100, Math.max(0, value));

/** The chance that is aimed at by the level that a step wants. */
function aimAt(level: number): number {
  return AIM + (AIM_FALL * (MIDDLE - withinShare(level))) / 100;
}

function rangeOf({ level, sway }: { level: number; sway: number }): readonly [number, number] {
  const share = (value: number) => withinShare(Math.round(value));
  const reach = Math.max(0, sway);
  return [share(level - reach), share(level + reach)];
}

/** Patient with whoever rests or is out of their depth, and not with whoever has it easy, or won a dull fight. */
function paceFor(pacing: Pacing, chance: number, isDull: boolean): number {
  if (isResting(pacing) || chance < GOOD[0]) return 2;
  return chance > GOOD[1] || isDull ? 0 : 1;
}

type Fought = Situation['fights'][number];

/** It was measured, and nothing in it was tense. */
const wasDull = (last: Fought | undefined): boolean =>
  last?.won === true && last.peak !== undefined && last.peak < DULL;

/** What the last fight, where it was measured, means for the next. */
function feltReason({ peak = 0, mean }: Fought, pacing: Pacing, isDull: boolean): string {
  const average = mean === undefined ? '' : `, ${Math.round(mean)} on average`;
  const what = isResting(pacing)
    ? 'a rest follows'
    : isDull
      ? 'a dull win, so tension is built up'
      : 'pressed as is right';
  return `The last fight's intensity was ${Math.round(peak)} of 100 at most${average}: ${what}.`;
}

/** How long ago somebody was met: 1 is the last fight, 0 never. */
function metAgo({ fights }: Situation, id: string): number {
  const at = fights.findLastIndex(({ opponent }) => opponent === id);
  return at < 0 ? 0 : fights.length - at;
}

const affinityOf = ({ affinities }: Situation, id: string): number =>
  Object.hasOwn(affinities, id) ? (affinities[id] ?? 50) : 50;

/** Who was not met yet, else longest ago; of those a rival while tension rises, a friend at rest; else who was written first. */
function opponentOf(situation: Situation, pacing: Pacing): string | undefined {
  const offered = situation.nextFight?.opponents ?? [];
  const age = (id: string) => metAgo(situation, id) || Number.POSITIVE_INFINITY;
  const oldest = Math.max(...offered.map(age));
  const towards = isResting(pacing) ? -1 : 1;
  return offered
    .filter((id) => age(id) === oldest)
    .toSorted((a, b) => towards * (affinityOf(situation, a) - affinityOf(situation, b)))[0];
}

function skillReason(table: LevelTable, belief: Belief, fights: Situation['fights']): string {
  if (fights.length === 0) return 'Nothing is known of the player yet; the first fight is an easy one.';
  const even = levelFor(table, belief, { aim: 0.5, low: 0, high: 100 });
  const won = fights.filter((fight) => fight.won).length;
  return `${won} of ${fights.length} ${fights.length === 1 ? 'fight' : 'fights'} won: about as good as level ${even}.`;
}

function levelReason(at: {
  readonly level: number;
  readonly chance: number;
  readonly aim: number;
  readonly low: number;
  readonly high: number;
  readonly wanted: number;
}): string {
  const where = `the step wants ${Math.round(at.wanted)} and allows ${at.low} to ${at.high}`;
  return `Level ${at.level} (${where}) gives a chance of ${percent(at.chance)} % to win; the aim is ${percent(at.aim)} %.`;
}

function pacingReason({ phase, intensity, seconds }: Pacing): string {
  return `Intensity ${intensity} of 100, ${phase} for ${seconds} s.`;
}

function opponentReason(situation: Situation, pacing: Pacing, opponent: string): string {
  const ago = metAgo(situation, opponent);
  const met = ago === 0 ? 'not met yet' : `met ${ago} ${ago === 1 ? 'fight' : 'fights'} ago`;
  const mood = isResting(pacing) ? 'friends first at rest' : 'rivals first while tension rises';
  return `${opponent} was ${met}; affinity ${affinityOf(situation, opponent)}, ${mood}.`;
}
