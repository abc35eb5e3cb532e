import type { Peer } from './connection';
import { type InputQueue, NO_FRAME } from './input-queue';

/**
 * Who left, and after which frame, so that all who stay agree.
 *
 * Everybody reports what is known of each player. A frame counts as settled when all present peers know its inputs,
 * so a leaver's last frame, the least that anybody who stays knows of, is never before a settled frame.
 */
export function settledFrame(queue: InputQueue, connections: readonly Peer[], gossips: boolean): number {
  let settled = NO_FRAME;
  for (let player = 0; player < queue.playerCount; player++) {
    const goneAfter = queue.goneAfter[player] ?? NO_FRAME;
    let isAgreed = goneAfter !== NO_FRAME;
    let known = goneAfter === NO_FRAME ? (queue.lastKnown[player] ?? -1) : goneAfter;
    if (gossips) {
      for (let i = 0; i < connections.length; i++) {
        const peer = connections[i];
        if (peer === undefined || peer.isGone || (peer.mask >> player) & 1) continue;
        known = Math.min(known, peer.reportedKnown[player] ?? -1);
        if (((peer.reportedGone >> player) & 1) === 0) isAgreed = false;
      }
    }
    if (!isAgreed && known < settled) settled = known;
  }
  return settled;
}

/**
 * Takes over what the peers say of who is gone. No report, true or false, can take back a confirmed frame.
 * @returns the mask of players that somebody dropped and we have not yet.
 */
export function adoptReports(
  queue: InputQueue,
  connections: readonly Peer[],
  confirmedFrame: number,
): number {
  let reported = 0;
  for (let i = 0; i < connections.length; i++) {
    const peer = connections[i];
    if (peer === undefined || peer.isGone) continue;
    reported |= peer.reportedGone;
    for (let player = 0; player < queue.playerCount; player++) {
      const isGone = queue.goneAfter[player] !== NO_FRAME;
      if (isGone && (peer.reportedGone >> player) & 1) {
        queue.depart(player, Math.max(peer.reportedKnown[player] ?? -1, confirmedFrame));
      }
    }
  }
  for (let player = 0; player < queue.playerCount; player++) {
    if (queue.goneAfter[player] !== NO_FRAME) reported &= ~(1 << player);
  }
  return reported;
}
