import type { FightRuling } from '../../../proto/rules';
import type { ArcadeFight, Prisma } from '../../db/generated/client';
import { AppError } from '../../errors';
import type { ArcadeContext, Climber } from '../context';
import { fightsRuled } from '../counts';
import { takeFight } from '../course/course';
import { scoreOf } from '../course/score';
import { itemByRule, itemOf } from '../people';
import type { Told } from '../referee';
import type { Answered } from '../second-best';
import type { RulingView } from '../views';
import { mustBePossible } from './fight-time';
import { type LoadedRun, loadRun } from './load';
import { takeStep } from './take-step';
import { type FightTerms, fightTerms, readyLines } from './terms';

/** Health that was left, percent, of both; and whether the player won. */
interface Outcome {
  readonly winner: 0 | 1 | 2;
  readonly healthLeft: number;
  readonly opponentHealthLeft: number;
  readonly points: number;
  /** Scenario ids. */
  readonly drops: readonly string[];
}

/** Fights that the director is told of. */
const MAX_HISTORY = 100;

/**
 * Takes the player's inputs of a fight, has them ruled on, and goes on by what that says. Told again, the same fight has
 * the same end.
 * @param givesUp the fight is lost as it stands, finished or not
 * @throws {AppError} NOT_FOUND; CONFLICT for inputs that lead to no end; RATE_LIMITED for more frames than fit the time
 */
export async function reportFight(
  ctx: ArcadeContext,
  climber: Climber,
  report: {
    readonly runId: string;
    readonly version: number;
    readonly fightId: string;
    readonly inputs: Uint8Array<ArrayBuffer>;
    readonly told?: Told | undefined;
    readonly givesUp?: boolean | undefined;
  },
): Promise<RulingView> {
  const run = await loadRun(ctx, ctx.db, report.runId, climber.playerId);
  const fight = await ctx.db.arcadeFight.findUnique({ where: { id: report.fightId } });
  if (!fight || fight.runId !== report.runId) throw new AppError('NOT_FOUND', 'This run has no such fight.');
  if (fight.endedAt) return rulingOf(run, fight);
  mustBePossible(report.inputs, ctx.clock.now() - fight.handedAt.getTime());
  const terms = fightTerms.parse(fight.terms);
  const ruled = await ctx.referee.rule(report.runId, terms, report.inputs, report.told);
  const ruling = ruled.value;
  if (!ruling.over && !report.givesUp)
    throw new AppError('CONFLICT', 'These inputs lead to no end of the fight.', {
      detail: { reason: 'unfinished', frames: ruling.frames },
    });
  const outcome = outcomeOf(run, terms, ruling, report.givesUp === true);
  const lines = readyLines.parse(fight.lines);
  const isWon = outcome.winner === 1;
  await takeStep(ctx, climber, report, ({ ladder, facts, history }) => ({
    turn: takeFight(ladder, facts, {
      result: isWon ? 'won' : 'lost',
      healthLeft: outcome.healthLeft,
      drops: outcome.drops,
    }),
    type: 'fight',
    changes: {
      fightId: fight.id,
      ruling: { ...ruling, ruledBy: byWhom(ruled), ...(ruled.why ? { why: ruled.why } : {}) },
      direction: directionOf(fight.terms),
    },
    first: isWon ? lines.won : lines.lost,
    saidBefore: lines.before?.said,
    points: outcome.points,
    columns: { history: [...history, historyEntry(terms, ruling, outcome)].slice(-MAX_HISTORY) },
    also: async (tx) => {
      const { count } = await tx.arcadeFight.updateMany({
        where: { id: fight.id, endedAt: null },
        data: ended(ctx, ruled, outcome, report.inputs),
      });
      if (count === 0) throw new AppError('CONFLICT', 'This fight has its end already.');
    },
  }));
  fightsRuled.inc({ result: isWon ? 'won' : 'lost', ruled_by: byWhom(ruled) });
  return rulingOf(run, await ctx.db.arcadeFight.findUniqueOrThrow({ where: { id: fight.id } }));
}

const byWhom = ({ isTheirs }: Answered<FightRuling>): 'rule engine' | 'arcade' =>
  isTheirs ? 'rule engine' : 'arcade';

function directionOf(terms: Prisma.JsonValue): Prisma.JsonValue {
  return typeof terms === 'object' && terms !== null && !Array.isArray(terms)
    ? (terms.direction ?? null)
    : null;
}

function outcomeOf({ ladder }: LoadedRun, terms: FightTerms, ruling: FightRuling, givesUp: boolean): Outcome {
  const winner = givesUp && !ruling.over ? 2 : ruling.winner === 1 ? 1 : ruling.winner === 2 ? 2 : 0;
  const percentOf = (index: number) =>
    Math.round(Math.max(0, Math.min(100, ruling.health[index]?.percent ?? 0)));
  const healthLeft = winner === 1 ? percentOf(0) : 0;
  const roundsLost = ruling.rounds.filter((round) => round.winner === 2).length;
  return {
    winner,
    healthLeft,
    opponentHealthLeft: winner === 1 ? 0 : percentOf(1),
    points:
      winner === 1
        ? scoreOf({ level: terms.opponent.level, healthLeft, roundsLost, frames: ruling.frames })
        : 0,
    drops:
      winner === 1
        ? ruling.drops.flatMap((id) => {
            const item = itemByRule(ladder, id);
            return item === undefined ? [] : [item];
          })
        : [],
  };
}

/** The fight as the director reads it later. */
function historyEntry(terms: FightTerms, ruling: FightRuling, outcome: Outcome) {
  return {
    level: terms.opponent.level,
    won: outcome.winner === 1,
    health_left: outcome.healthLeft,
    opponent_health_left: outcome.opponentHealthLeft,
    seconds: Math.round(ruling.frames / 60),
    opponent: terms.opponentId,
    ...(ruling.intensity ?? {}),
  };
}

function ended(
  ctx: ArcadeContext,
  ruled: Answered<FightRuling>,
  outcome: Outcome,
  inputs: Uint8Array<ArrayBuffer>,
): Prisma.ArcadeFightUpdateManyMutationInput {
  return {
    endedAt: new Date(ctx.clock.now()),
    winner: outcome.winner,
    frames: ruled.value.frames,
    checksum: BigInt(ruled.value.checksum),
    healthLeft: outcome.healthLeft,
    points: outcome.points,
    drops: [...outcome.drops],
    ruledBy: byWhom(ruled),
    differs: ruled.value.first_difference !== null,
    inputs,
  };
}

/** How a fight that has ended was ruled. */
function rulingOf({ ladder }: LoadedRun, fight: ArcadeFight): RulingView {
  return {
    winner: fight.winner ?? 0,
    healthLeft: fight.healthLeft ?? 0,
    frames: fight.frames ?? 0,
    points: fight.points ?? 0,
    drops: [...new Set(fight.drops)].flatMap(
      (id) => itemOf(ladder, id, fight.drops.filter((one) => one === id).length) ?? [],
    ),
    ruledBy: fight.ruledBy === 'rule engine' ? 'rule engine' : 'arcade',
    differs: fight.differs,
  };
}
