import { FRAMES_PER_SECOND } from '../../../engine/fighter/rules';
import { INPUT_BYTES_PER_FRAME, MAX_INPUT_FRAMES } from '../../../proto/signaling-limits';
import type { MatchConfig } from '../../../proto/signaling-payloads';
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

/** Two whom the server has brought together. */
export interface Arranged {
  readonly one: Player;
  readonly two: Player;
}

const SHORT_FRAMES = 120;
/** Four seconds in which nobody does anything. */
export const IDLE_INPUTS = Buffer.alloc(2 * SHORT_FRAMES * INPUT_BYTES_PER_FRAME);

/** Begins a match that the server arranged, as both hear of it. */
export async function beginArranged({ one, two }: Arranged): Promise<{
  readonly sessionId: string;
  /** Player 1 first. */
  readonly players: readonly [Player, Player];
  readonly config: MatchConfig;
}> {
  const isOpen = ({ sessionId }: { sessionId: string }) =>
    !one.all('match_ended').some((ended) => ended.sessionId === sessionId);
  const { sessionId, config } = await one.hear('match_request_accepted', isOpen);
  await two.hear('match_request_accepted', (told) => told.sessionId === sessionId);
  const players: readonly [Player, Player] = config.playerIndex === 1 ? [one, two] : [two, one];
  await connectPeers(...players, sessionId);
  return { sessionId, players, config };
}

/** Plays a match that the server arranged for two seconds; then the one who is not `winner` gives up. */
export async function playArranged(
  arcade: TestArcade,
  pair: Arranged,
  winner: Player = pair.one,
): Promise<{ sessionId: string }> {
  const { sessionId, players } = await beginArranged(pair);
  await fight(arcade, players, sessionId, IDLE_INPUTS, 0, SHORT_FRAMES);
  await giveUp(winner === pair.one ? pair.two : pair.one, sessionId);
  const isSame = (told: { sessionId: string }) => told.sessionId === sessionId;
  await Promise.all(players.map((player) => player.hear('match_ended', isSame)));
  return { sessionId };
}

export async function giveUp(player: Player, sessionId: string): Promise<void> {
  await player.send('leave_match', { playerId: player.id, sessionId });
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
