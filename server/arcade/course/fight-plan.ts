import { combineHandicaps, type FullHandicap, type Handicap } from '../../../engine/fighter/handicap';
import { checkConditions } from '../../../proto/conditions';
import { type FightStep, itemMeta } from '../../../proto/scenario-steps';
import { AppError } from '../../errors';
import { type Facts, type LadderScenario, storyFacts } from './facts';

/** A fight as the story wants it, before the director has had its word. */
export interface FightPlan {
  /** Scenario id of the opponent, and its character. */
  readonly opponent: string;
  readonly opponentCharacter: number;
  readonly winsNeeded: 1 | 2;
  /** How good the opponent is as written, and how far the director may go from that, 0 to 100. */
  readonly level: number;
  readonly sway: number;
  readonly manner: FightStep['manner'];
  /** What the player's items and the step give, and what the opponent has. */
  readonly handicaps: readonly [Handicap, Handicap];
  /** Rule ids that a win may drop. */
  readonly drops: readonly number[];
}

/** Stamina below this costs health in a fight: who is worn out begins a round with less. */
const TIRED_STAMINA = 40;
const LEAST_START_HEALTH = 70;

/** The fight of a step as the run stands: choices made before change it. */
export function planFight({ scenario, ladder }: LadderScenario, step: FightStep, facts: Facts): FightPlan {
  const story = storyFacts(facts);
  const variant = step.variants.find((one) => checkConditions(one.if, story));
  const terms = {
    level: variant?.level ?? step.level,
    manner: variant?.manner ?? step.manner,
    player: variant?.playerHandicap ?? step.playerHandicap,
    opponent: variant?.opponentHandicap ?? step.opponentHandicap,
  };
  const opponent = variant?.opponent ?? step.opponent;
  const enemy = scenario.enemies.find(({ scenario_enemy_id }) => scenario_enemy_id === opponent);
  if (!enemy)
    throw new AppError('CONFLICT', `“${ladder.title.en}” has no opponent ${JSON.stringify(opponent)}.`);
  return {
    opponent,
    opponentCharacter: enemy.rule_id,
    winsNeeded: step.winsNeeded === 1 ? 1 : 2,
    level: terms.level,
    sway: step.sway,
    manner: terms.manner,
    handicaps: [playerHandicap({ scenario, ladder }, facts, given(terms.player)), given(terms.opponent)],
    drops: enemy.dropped_items,
  };
}

/** A handicap without what was left open. */
function given(handicap: FightStep['playerHandicap'] = {}): Handicap {
  return Object.fromEntries(Object.entries(handicap).filter(([, value]) => value !== undefined));
}

/** What a player takes into a fight: his items within their bounds, his stamina, and what the step gives on top. */
function playerHandicap({ scenario }: LadderScenario, facts: Facts, ofStep: Handicap): FullHandicap {
  const owned = scenario.items.flatMap(({ scenario_item_id, meta }) => {
    const handicap = itemMeta.safeParse(meta).data?.handicap;
    return handicap && (facts.items[scenario_item_id] ?? 0) > 0 ? [given(handicap)] : [];
  });
  const items = combineHandicaps(owned);
  return { ...items, startHealthPercent: startHealth(facts.stamina), ...ofStep };
}

/** Percent of full health at the beginning of a round. */
export function startHealth(stamina: number): number {
  if (stamina >= TIRED_STAMINA) return 100;
  return LEAST_START_HEALTH + Math.floor(((100 - LEAST_START_HEALTH) * stamina) / TIRED_STAMINA);
}
