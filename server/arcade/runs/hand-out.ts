import type { Direction } from '../../../proto/gm';
import type { ArcadeFight } from '../../db/generated/client';
import { AppError } from '../../errors';
import { type ArcadeContext, type Climber, TRANSACTION } from '../context';
import { stepAt } from '../course/facts';
import { type FightPlan, planFight } from '../course/fight-plan';
import { itemsOwned, personOf } from '../people';
import type { Answered } from '../second-best';
import type { Tx } from '../story';
import type { FightView } from '../views';
import { type LoadedRun, loadRun, lockRun, mustStandAt, tellingOf } from './load';
import { type FightTerms, fightTerms, type ReadyLines, readyLines } from './terms';

/** A fight that was handed out so often without an end is lost: whoever is about to lose may not begin it again for ever. */
export const MAX_HANDOUTS = 3;

/** How a fight is paced where the game master says nothing. */
const PLAIN_PACE = 1;

/**
 * Hands out the fight of a run: everything that decides it but the player's inputs. Asked again it is the same fight.
 * @throws {AppError} CONFLICT where there is none, or it was begun too often
 */
export async function handOut(
  ctx: ArcadeContext,
  climber: Climber,
  at: { readonly runId: string; readonly version: number },
  playerName: string,
): Promise<FightView> {
  const run = await loadRun(ctx, ctx.db, at.runId, climber.playerId);
  mustStandAt(run, at.version);
  const open = await openFight(ctx.db, run.row.id);
  const prepared = open ? undefined : await prepare(ctx, climber, run);
  const fight = await ctx.db.$transaction(async (tx) => {
    await lockRun(tx, at.runId);
    mustStandAt(await loadRun(ctx, tx, at.runId, climber.playerId), at.version);
    const known = await openFight(tx, at.runId);
    const handedAt = new Date(ctx.clock.now());
    if (known) {
      if (known.handouts >= MAX_HANDOUTS)
        throw new AppError('CONFLICT', 'This fight was begun too often; it counts as lost.', {
          detail: { reason: 'begun_too_often', fightId: known.id },
        });
      return tx.arcadeFight.update({
        where: { id: known.id },
        data: { handouts: { increment: 1 }, handedAt },
      });
    }
    // Somebody else's window has ended it in this very moment.
    if (!prepared)
      throw new AppError('CONFLICT', 'This run has gone on meanwhile.', { detail: { reason: 'moved_on' } });
    const number = 1 + (await tx.arcadeFight.count({ where: { runId: at.runId } }));
    return tx.arcadeFight.create({
      data: { runId: at.runId, sequenceId: run.facts.sequenceId, number, handedAt, ...prepared },
    });
  }, TRANSACTION);
  return viewOf(run, fight, playerName);
}

/** The fight of a run that was handed out and has no end. */
export function openFight(tx: Tx, runId: string): Promise<ArcadeFight | null> {
  return tx.arcadeFight.findFirst({ where: { runId, endedAt: null }, orderBy: { number: 'desc' } });
}

interface Prepared {
  readonly terms: FightTerms & { readonly direction: Direction | null };
  readonly lines: ReadyLines;
}

/** Asks the game master whom to send, how hard, and what is said before and after. */
async function prepare(ctx: ArcadeContext, climber: Climber, run: LoadedRun): Promise<Prepared> {
  const { ladder, facts, row } = run;
  if (row.awaitsContinue)
    throw new AppError('CONFLICT', 'The last fight was lost: try it again, or give the run up.');
  const step = stepAt(ladder, facts.sequenceId);
  if (step.kind !== 'fight')
    throw new AppError('CONFLICT', `There is no fight here: the step is a ${step.kind}.`);
  const plan = planFight(ladder, step, facts);
  const telling = tellingOf(run, climber);
  const about = { opponent: plan.opponent };
  const [direction, before, won, lost] = await Promise.all([
    ctx.narrator.direct(telling, plan),
    ctx.narrator.line(telling, 'before_fight', about),
    ctx.narrator.line(
      { ...telling, facts: { ...facts, last: { result: 'won', healthLeft: 50 } } },
      'after_win',
      about,
    ),
    ctx.narrator.line(
      { ...telling, facts: { ...facts, last: { result: 'lost', healthLeft: 0 } } },
      'after_loss',
      about,
    ),
  ]);
  return { terms: termsOf(ctx, run, plan, direction), lines: { before, won, lost } };
}

function termsOf(
  ctx: ArcadeContext,
  { ladder }: LoadedRun,
  plan: FightPlan,
  { value }: Answered<Direction | undefined>,
): Prepared['terms'] {
  const least = Math.max(0, plan.level - plan.sway);
  const most = Math.min(100, plan.level + plan.sway);
  return {
    seed: ctx.seed(),
    characters: [ladder.ladder.character, plan.opponentCharacter],
    winsNeeded: plan.winsNeeded,
    handicaps: [{ ...plan.handicaps[0] }, { ...plan.handicaps[1] }],
    opponentId: plan.opponent,
    opponent: {
      // The story says how far a game master may go, whoever that is.
      level: Math.round(Math.min(most, Math.max(least, value?.level ?? plan.level))),
      ...(plan.manner ? { manner: plan.manner } : {}),
      seed: ctx.seed(),
      pace: Math.min(2, Math.max(0, value?.pace ?? PLAIN_PACE)),
    },
    drops: [...plan.drops],
    direction: value ?? null,
  };
}

/**
 * The lines at the end of a fight that goes on, in a model's words where one has found them meanwhile: nobody has read
 * them yet.
 * @throws {AppError} NOT_FOUND
 */
export async function rewordLines(
  ctx: ArcadeContext,
  climber: Climber,
  { runId, fightId }: { readonly runId: string; readonly fightId: string },
): Promise<FightView['lines']> {
  const run = await loadRun(ctx, ctx.db, runId, climber.playerId);
  const fight = await ctx.db.arcadeFight.findUnique({ where: { id: fightId } });
  if (!fight || fight.runId !== runId) throw new AppError('NOT_FOUND', 'This run has no such fight.');
  const lines = readyLines.parse(fight.lines);
  if (fight.endedAt) return shown(lines);
  const telling = tellingOf(run, climber);
  const [won, lost] = await Promise.all([
    lines.won && ctx.narrator.reworded(telling, 'after_win', lines.won),
    lines.lost && ctx.narrator.reworded(telling, 'after_loss', lines.lost),
  ]);
  const now: ReadyLines = { ...lines, won, lost };
  await ctx.db.arcadeFight.updateMany({ where: { id: fightId, endedAt: null }, data: { lines: now } });
  return shown(now);
}

const shown = ({ before, won, lost }: ReadyLines): FightView['lines'] => ({
  before: before?.line ?? null,
  won: won?.line ?? null,
  lost: lost?.line ?? null,
});

function viewOf({ ladder, facts }: LoadedRun, fight: ArcadeFight, playerName: string): FightView {
  const terms = fightTerms.parse(fight.terms);
  const lines = readyLines.parse(fight.lines);
  const { seed, characters, winsNeeded, handicaps, opponent } = terms;
  return {
    fightId: fight.id,
    seed,
    characters,
    winsNeeded,
    handicaps,
    opponent: { ...opponent, manner: opponent.manner ?? null },
    names: [playerName, personOf(ladder, terms.opponentId).name],
    looks: itemsOwned(ladder, facts).flatMap(({ look }) => look ?? []),
    lines: shown(lines),
  };
}
