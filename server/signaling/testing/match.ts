import { FRAMES_PER_SECOND } from '../../../engine/fighter/rules';
import type { MatchConfig } from '../../../proto/signaling';
import { INPUT_BYTES_PER_FRAME, MAX_INPUT_FRAMES } from '../../../proto/signaling-limits';
import { randomMatch } from '../../game/testing/inputs';
import type { TestArcade } from './arcade';
import type { Player } from './player';

/** Player 1 asks, player 2 accepts. */
export async function agree(one: Player, two: Player): Promise<{ sessionId: string; config: MatchConfig }> {
  await two.send('join_lobby', { playerId: two.id });
  const { sessionId } = await one.send('request_match', { requesterId: one.id, targetId: two.id });
  const { config } = await two.send('accept_match', { accepterId: two.id, requesterId: one.id, sessionId });
  return { sessionId, config };
}

/** From the first offer to the start of the fight. */
export async function connectPeers(one: Player, two: Player, sessionId: string): Promise<void> {
  await one.send('send_sdp_offer', { senderId: one.id, receiverId: two.id, sessionId, sdp: 'offer' });
  await two.send('send_sdp_answer', { senderId: two.id, receiverId: one.id, sessionId, sdp: 'answer' });
  await one.send('peer_connected', { playerId: one.id, sessionId });
  await two.send('peer_connected', { playerId: two.id, sessionId });
  await Promise.all([one.hear('match_started'), two.hear('match_started')]);
}

export async function startFight(
  one: Player,
  two: Player,
): Promise<{ sessionId: string; config: MatchConfig }> {
  const agreed = await agree(one, two);
  await connectPeers(one, two, agreed.sessionId);
  return agreed;
}

/** The confirmed inputs of a whole match of these settings. */
export function inputsFor({ characters, seed }: MatchConfig): Buffer {
  return randomMatch({ characters: [characters[0], characters[1]], seed }, 1);
}

/** Sends frames `from` to `to` as one browser would; returns the last `nextFrame`. */
export async function sendFrames(
  player: Player,
  sessionId: string,
  inputs: Uint8Array,
  from: number,
  to: number,
): Promise<number> {
  let next = from;
  while (next < to) {
    const end = Math.min(next + MAX_INPUT_FRAMES, to);
    const chunk = {
      sessionId,
      fromFrame: next,
      inputs: inputs.subarray(next * INPUT_BYTES_PER_FRAME, end * INPUT_BYTES_PER_FRAME),
    };
    ({ nextFrame: next } = await player.send('match_inputs', chunk));
  }
  return next;
}

/** Lets `frames` of fight pass on the arcade's clock. */
export function playFor(arcade: TestArcade, frames: number): void {
  arcade.clock.advance(Math.ceil((frames / FRAMES_PER_SECOND) * 1000));
}

/** Both play frames `from` to `to`, and send them every five seconds. */
export async function fight(
  arcade: TestArcade,
  players: readonly Player[],
  sessionId: string,
  inputs: Uint8Array,
  from = 0,
  to = inputs.byteLength / INPUT_BYTES_PER_FRAME,
): Promise<void> {
  for (let next = from; next < to; next += 300) {
    const end = Math.min(next + 300, to);
    playFor(arcade, end - next);
    for (const player of players) await sendFrames(player, sessionId, inputs, next, end);
  }
}
