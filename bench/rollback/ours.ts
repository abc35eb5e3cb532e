import { FRAME_MS } from '../../engine/rollback/frame-rate';
import { InputQueue } from '../../engine/rollback/input-queue';
import { createSession, type Session } from '../../engine/rollback/session';
import { Timeline } from '../../engine/rollback/timeline';
import type { Game, Transport } from '../../engine/rollback/types';
import {
  type Contestant,
  createSimulation,
  DEPTH,
  type HashCount,
  inputOf,
  type Simulation,
} from './simulation';

function gameOf(simulation: Simulation): Game {
  return {
    state: simulation.bytes,
    inputBytes: 2,
    advance: (inputs) =>
      simulation.step((inputs[0] ?? 0) | ((inputs[1] ?? 0) << 8), (inputs[2] ?? 0) | ((inputs[3] ?? 0) << 8)),
    checksum: () => simulation.hash(),
  };
}

function hashingEveryFrame(game: Game): Game {
  const checksums = new Uint32Array(16);
  let steps = 0;
  return {
    ...game,
    advance(inputs, status) {
      game.advance(inputs, status);
      checksums[steps++ & 15] = game.checksum();
    },
  };
}

function write(value: number, out: Uint8Array): Uint8Array {
  out[0] = value & 0xff;
  out[1] = value >>> 8;
  return out;
}

/**
 * The part of the library that the peers are compared by: input queue, snapshots, rollback; no packets. It hashes a
 * state once, when it is confirmed, and never a guess; for more the game hashes by itself after every step.
 */
export function createOurs(stateBytes: number, hashes: HashCount): Contestant {
  const simulation = createSimulation(stateBytes);
  const game = gameOf(simulation);
  const queue = new InputQueue(2, 2, 2048, undefined);
  const timeline = new Timeline(hashes > 1 ? hashingEveryFrame(game) : game, queue, {
    reachFrames: 9,
    checksumIntervalFrames: hashes === 1 ? 1 : 1_000_000_000,
    sparseSaving: false,
  });
  const input = new Uint8Array(2);
  return {
    name: 'ours',
    simulation,
    tick(frame) {
      if (frame >= DEPTH) queue.put(1, write(inputOf(1, frame - DEPTH), input), 0, frame);
      timeline.settle(queue.knownFrame());
      queue.put(0, write(inputOf(0, frame), input), 0, frame);
      timeline.step();
    },
  };
}

/** A link in memory that holds datagrams back until they are called for, and allocates nothing once it is warm. */
function createLink(delayTicks: number) {
  const slots = 64;
  const link = { bytes: 0, tick: 0 };
  function direction() {
    const views: (Uint8Array | undefined)[][] = Array.from({ length: slots }, () => []);
    const queue = new Array<Uint8Array | undefined>(slots);
    const ticks = new Int32Array(slots);
    let head = 0;
    let tail = 0;
    return {
      send(bytes: Uint8Array) {
        link.bytes += bytes.length;
        const slot = head++ % slots;
        const kept = views[slot] ?? [];
        const view = kept[bytes.length] ?? new Uint8Array(bytes.length);
        kept[bytes.length] = view;
        view.set(bytes);
        queue[slot] = view;
        ticks[slot] = link.tick + delayTicks;
      },
      receive() {
        if (tail === head || (ticks[tail % slots] ?? 0) > link.tick) return undefined;
        return queue[tail++ % slots];
      },
    };
  }
  const there = direction();
  const back = direction();
  const near: Transport = { send: there.send, receive: back.receive };
  const far: Transport = { send: back.send, receive: there.receive };
  return { link, ends: [near, far] as const };
}

/** Two whole sessions facing each other: packets, acks, time sync and metrics included. One tick plays both. */
export interface SessionPair {
  readonly sessions: readonly [Session, Session];
  readonly simulations: readonly [Simulation, Simulation];
  /** Bytes handed to the transports so far. */
  bytes(): number;
  tick(): void;
}

/** Sessions that roll back seven frames every tick. @throws when they don't begin. */
export function createPair(stateBytes: number, checksumIntervalFrames: number): SessionPair {
  const { link, ends } = createLink(DEPTH);
  const simulations = [createSimulation(stateBytes), createSimulation(stateBytes)] as const;
  const make = (player: 0 | 1) =>
    createSession({
      game: gameOf(simulations[player]),
      playerCount: 2,
      localPlayers: [player],
      remotes: [{ players: [1 - player], transport: ends[player] }],
      inputDelayFrames: 0,
      digest: 1,
      checksumIntervalFrames,
      random: () => 7 + player,
    });
  const sessions = [make(0), make(1)] as const;
  const input = new Uint8Array(2);
  let nowMs = 0;
  let ticks = 0;
  function play(player: 0 | 1): void {
    const session = sessions[player];
    session.poll(nowMs);
    session.advance(nowMs, write(inputOf(player, session.frame), input));
  }
  const tick = () => {
    link.tick += 1;
    // Whole milliseconds: a fraction would be allocated by this loop, and counted against the sessions.
    nowMs = Math.floor(++ticks * FRAME_MS);
    play(0);
    play(1);
  };
  for (let i = 0; i < 600; i++) tick();
  if (sessions[0].frame < 300) throw new Error(`the session did not begin: ${sessions[0].phase}`);
  return { sessions, simulations, bytes: () => link.bytes, tick };
}
