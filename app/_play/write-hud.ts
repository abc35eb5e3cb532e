import { roundsWon } from '../../engine/fighter/outcome';
import { type PlayerReadout, readState } from '../../engine/fighter/readout';
import { winsNeeded } from '../../engine/fighter/state';
import type { SessionMetrics } from '../../engine/rollback/session';
import type { HudStore } from '../_stage/hud-store';

/** Figures of the connection are rewritten this often: faster can't be read. */
const METRICS_EVERY_FRAMES = 15;

/** Puts one frame of the match on the HUD. `frame` counts calls. */
export function writeHud(
  hud: HudStore,
  words: Int32Array,
  metrics: SessionMetrics | undefined,
  frame: number,
): void {
  const { timer, player1, player2 } = readState(words);
  const roundsToWin = winsNeeded(words);
  hud.set({
    timer,
    roundsToWin,
    p1: side(player1, roundsWon(words, 1)),
    p2: side(player2, roundsWon(words, 2)),
  });
  if (metrics && frame % METRICS_EVERY_FRAMES === 0) {
    hud.set({ ping: metrics.pingMs, delay: metrics.inputDelayFrames, rollback: metrics.lastRollbackFrames });
  }
}

function side(player: PlayerReadout, rounds: number) {
  return { health: player.health, gauge: player.super_gauge, rounds };
}
