import { MAX_INTENSITY } from '../../../engine/bots/intensity';
import type { Pace } from '../../../engine/bots/pacing';
import { playArcade } from '../../../engine/bots/testing/arcade';
import { chooseDrops } from '../../rules/drops';
import { standingOf } from '../../rules/fight-course';
import { itemByRule } from '../people';
import type { ClimbedFight, Climber } from './climbs';

/** Luck of a fight. */
const SEEDS = 2 ** 31;
const FRAMES_A_SECOND = 60;

const paceOf = (pace: number): Pace => (pace === 1 || pace === 2 ? pace : 0);

/** Fights of the fighter itself, with a bot of a level at the player's place and all that the ladder gives either side. */
export function botOf(playerLevel: number): Climber['fight'] {
  return ({ ladder, plan, level, pace, random }: ClimbedFight) => {
    const seed = Math.floor(SEEDS * random());
    const { manner, winsNeeded, handicaps } = plan;
    const { fight } = playArcade(
      {
        config: {
          ...{ seed, winsNeeded, handicaps },
          characters: [ladder.ladder.character, plan.opponentCharacter],
        },
        opponent: { level, manner, seed: Math.floor(SEEDS * random()), pace: paceOf(pace), side: 2 },
      },
      Math.round(playerLevel),
    );
    const report = fight.report();
    const { winner, health } = standingOf(report.state);
    const won = winner === 1;
    const left = won ? (health[0]?.percent ?? 0) : 0;
    return {
      ...{ level, won, health_left: left, opponent_health_left: won ? 0 : (health[1]?.percent ?? 0) },
      seconds: Math.round(report.frames / FRAMES_A_SECOND),
      peak: Math.round((report.pressure.peak * 100) / MAX_INTENSITY),
      mean: Math.round((report.pressure.mean * 100) / MAX_INTENSITY),
      drops: won ? chooseDrops(seed, plan.drops, left).flatMap((id) => itemByRule(ladder, id) ?? []) : [],
    };
  };
}
