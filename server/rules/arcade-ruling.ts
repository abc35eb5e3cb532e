import { simulateFight } from '../../engine/bots/arcade-fight';
import { MAX_INTENSITY } from '../../engine/bots/intensity';
import type { Pace } from '../../engine/bots/pacing';
import type { ActionResult, FightRuling } from '../../proto/rules';
import { firstDifference } from './difference';
import { chooseDrops } from './drops';
import { roundsOf, standingOf } from './fight-course';
import { inputBytes } from './fight-inputs';
import { configOf } from './match-ruling';

const paceOf = (pace: number): Pace => (pace === 1 || pace === 2 ? pace : 0);

const percentOf = (intensity: number): number => Math.round((intensity * 100) / MAX_INTENSITY);

/** Rules on a fight against our bot, which plays again from its seed: only the player's hands are told (RULES-6). */
export function ruleOnArcade(
  session_id: string,
  result: Extract<ActionResult, { kind: 'arcade' }>,
): FightRuling {
  const { level, manner, seed, pace } = result.opponent;
  const report = simulateFight({
    config: configOf(result),
    opponent: { level, ...(manner ? { manner } : {}), seed, pace: paceOf(pace), side: 2 },
    inputs: inputBytes(result.inputs),
  });
  const standing = standingOf(report.state);
  const { frames } = report;
  const healthLeft = standing.health[0]?.percent ?? 0;
  return {
    session_id,
    kind: 'arcade',
    ...standing,
    frames,
    rounds: roundsOf(report.rounds),
    drops: standing.winner === 1 ? chooseDrops(result.seed, result.drops ?? [], healthLeft) : [],
    first_difference: firstDifference(result.told, { ...standing, frames }, undefined),
    actions: { ...report.moves[0] },
    pace: { ...report.intensity },
    intensity: { peak: percentOf(report.pressure.peak), mean: percentOf(report.pressure.mean) },
  };
}
