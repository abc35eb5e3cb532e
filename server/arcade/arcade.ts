import { createAllowance } from './allowance';
import type { ArcadeContext, Climber } from './context';
import { type ContinueWith, choose, endRun, pauseRun, payContinue, rest, resumeRun } from './runs/go-on';
import { handOut, rewordLines } from './runs/hand-out';
import { listLadders, listScores } from './runs/lists';
import { reportFight } from './runs/report';
import { showRun } from './runs/show';
import { startRun } from './runs/start';
import type { FightView, RulingView, RunView } from './views';

/** A step is taken at a version: who has not seen the last one is refused. */
export interface At {
  readonly runId: string;
  readonly version: number;
}

/** Arcade mode as pages use it: climbing ladders, fight by fight. Every call rejects with an `AppError`. */
export interface Arcade {
  ladders(playerId: string | undefined): ReturnType<typeof listLadders>;
  scores(question: Parameters<typeof listScores>[1]): ReturnType<typeof listScores>;
  start(climber: Climber, ladder: string): Promise<RunView>;
  run(climber: Climber, runId: string): Promise<RunView>;
  choose(climber: Climber, at: At & { readonly choice: string }): Promise<RunView>;
  rest(climber: Climber, at: At): Promise<RunView>;
  payContinue(climber: Climber, at: At & { readonly with: ContinueWith }): Promise<RunView>;
  fight(climber: Climber, at: At, playerName: string): Promise<FightView>;
  fightLines(climber: Climber, of: Parameters<typeof rewordLines>[2]): Promise<FightView['lines']>;
  report(
    climber: Climber,
    report: Parameters<typeof reportFight>[2],
  ): Promise<{ readonly ruling: RulingView; readonly run: RunView }>;
  pause(climber: Climber, runId: string): Promise<RunView>;
  resume(climber: Climber, runId: string): Promise<RunView>;
  end(climber: Climber, runId: string): Promise<RunView>;
}

export function createArcade(ctx: ArcadeContext): Arcade {
  const show = (climber: Climber, runId: string) => showRun(ctx, climber, runId);
  const allowance = createAllowance();
  /** A step that asks a game master, and the run after it. */
  const step = async (climber: Climber, runId: string, take: () => Promise<unknown>) => {
    await allowance.take(climber.playerId, 'step');
    await take();
    return show(climber, runId);
  };
  return {
    ladders: (playerId) => listLadders(ctx, playerId),
    scores: (question) => listScores(ctx, question),
    async start(climber, ladder) {
      await allowance.take(climber.playerId, 'step');
      const { runId } = await startRun(ctx, climber, ladder);
      return show(climber, runId);
    },
    run: show,
    choose: (climber, at) => step(climber, at.runId, () => choose(ctx, climber, at)),
    rest: (climber, at) => step(climber, at.runId, () => rest(ctx, climber, at)),
    payContinue: (climber, at) => step(climber, at.runId, () => payContinue(ctx, climber, at)),
    async fight(climber, at, playerName) {
      await allowance.take(climber.playerId, 'step');
      return handOut(ctx, climber, at, playerName);
    },
    async fightLines(climber, of) {
      await allowance.take(climber.playerId, 'step');
      return rewordLines(ctx, climber, of);
    },
    async report(climber, report) {
      await allowance.take(climber.playerId, 'report');
      const ruling = await reportFight(ctx, climber, report);
      return { ruling, run: await show(climber, report.runId) };
    },
    pause: (climber, runId) => step(climber, runId, () => pauseRun(ctx, climber, runId)),
    resume: (climber, runId) => step(climber, runId, () => resumeRun(ctx, climber, runId)),
    end: (climber, runId) => step(climber, runId, () => endRun(ctx, climber, runId)),
  };
}
