import { describe, expect, it } from 'vitest';
import { FRAME_MS } from './frame-rate';
import { createSession, type Session } from './session';
import { createToyGame } from './testing/toy-game';
import type { Transport } from './types';

/** Inputs that come another way than from the peer, and inputs given before the session. */

const NOWHERE: Transport = { send: () => undefined, receive: () => undefined };

function line(): [Transport, Transport] {
  const queues: [Uint8Array[], Uint8Array[]] = [[], []];
  const end = (own: Uint8Array[], other: Uint8Array[]): Transport => ({
    send: (bytes) => void other.push(bytes.slice()),
    receive: () => own.shift(),
  });
  return [end(queues[0], queues[1]), end(queues[1], queues[0])];
}

function open(player: 0 | 1, transport: Transport, givenInputs?: Uint8Array): Session {
  return createSession({
    game: createToyGame({ playerCount: 2, inputBytes: 2, stateBytes: 64 }),
    playerCount: 2,
    localPlayers: [player],
    remotes: [{ players: [1 - player], transport }],
    inputDelayFrames: 2,
    digest: 7,
    random: () => 11 + player,
    ...(givenInputs === undefined ? {} : { givenInputs }),
  });
}

/** What a player presses at a tick. */
const press = (player: number, tick: number) => Uint8Array.of((tick * 7 + player * 13) & 0xff, tick >> 3);

/** Brings all that `from` has given to `to`, as a server between them would. */
function tell(from: Session, player: 0 | 1, to: Session, told: number): number {
  const rows = new Uint8Array(2 * 64);
  const frames = from.copyGivenInputs(player, told, 64, rows);
  return to.acceptRemoteInputs(player, told, rows.subarray(0, frames * 2));
}

function play(sessions: readonly [Session, Session], ticks: number, each: (tick: number) => void): void {
  for (let tick = 1; tick <= ticks; tick += 1) {
    for (const [player, session] of sessions.entries()) {
      session.poll(tick * FRAME_MS);
      session.advance(tick * FRAME_MS, press(player, tick));
    }
    each(tick);
  }
}

describe('inputs from elsewhere', () => {
  it('carry a whole match between two sessions that never hear each other', () => {
    const sessions = [open(0, NOWHERE), open(1, NOWHERE)] as const;
    const told = [0, 0];
    play(sessions, 500, (tick) => {
      // Late and in bursts, so that both have to guess.
      if (tick % 5 !== 0) return;
      told[0] = tell(sessions[0], 0, sessions[1], told[0] ?? 0);
      told[1] = tell(sessions[1], 1, sessions[0], told[1] ?? 0);
    });
    const [one, two] = sessions;
    const until = Math.min(one.confirmedFrame, two.confirmedFrame);
    expect(until).toBeGreaterThan(400);
    const frame = until - (until % 30);
    expect(one.checksumAt(frame)).toBeDefined();
    expect(one.checksumAt(frame)).toBe(two.checksumAt(frame));
    expect(one.metrics.rollbacks).toBeGreaterThan(20);
    expect(one.takeEvent()).toEqual({ type: 'synchronized' });
  });

  it('stand beside the packets of the peer, whichever comes first, and change nothing that is known', () => {
    const sessions: [Session, Session] = [open(0, line()[0]), open(1, NOWHERE)];
    const [near, far] = line();
    sessions[0].replaceTransport(1, near);
    sessions[1].replaceTransport(0, far);
    let told = 0;
    play(sessions, 300, (tick) => {
      if (tick > 100 && tick % 3 === 0) told = tell(sessions[0], 0, sessions[1], told);
      // A second telling that differs.
      if (tick > 200) sessions[1].acceptRemoteInputs(0, 0, new Uint8Array(2 * 40).fill(9));
    });
    const until = Math.min(sessions[0].confirmedFrame, sessions[1].confirmedFrame);
    expect(until).toBeGreaterThan(250);
    expect(sessions[0].metrics.desyncs + sessions[1].metrics.desyncs).toBe(0);
    const frame = until - (until % 30);
    expect(sessions[0].checksumAt(frame)).toBe(sessions[1].checksumAt(frame));
  });

  it('leave no gap, reach only so far ahead, and are never those of a local player', () => {
    const session = open(0, NOWHERE);
    expect(session.acceptRemoteInputs(1, 5, new Uint8Array(20))).toBe(0);
    expect(session.phase).toBe('synchronizing');
    expect(session.acceptRemoteInputs(1, 0, new Uint8Array(2 * 2_000))).toBe(513);
    expect(session.phase).toBe('running');
    expect(() => session.acceptRemoteInputs(0, 0, new Uint8Array(2))).toThrow(RangeError);
  });

  it('given before the session count, and nothing that is pressed for those frames', () => {
    const given = Uint8Array.from({ length: 40 * 2 }, (_, i) => i + 1);
    const sessions: [Session, Session] = [open(0, NOWHERE, given), open(1, NOWHERE)];
    const [near, far] = line();
    sessions[0].replaceTransport(1, near);
    sessions[1].replaceTransport(0, far);
    play(sessions, 200, () => undefined);
    const rows = new Uint8Array(50 * 4);
    for (const session of sessions) {
      expect(session.copyConfirmedInputs(0, 50, rows)).toBe(50);
      for (let frame = 0; frame < 40; frame += 1)
        expect([...rows.subarray(frame * 4, frame * 4 + 2)]).toEqual([
          given[frame * 2],
          given[frame * 2 + 1],
        ]);
    }
    expect(sessions[0].confirmedFrame).toBeGreaterThan(150);
    expect(() => open(0, NOWHERE, new Uint8Array(2 * 1_025))).toThrow(RangeError);
  });
});
