import { InputQueue } from './input-queue';
import { Snapshots } from './snapshots';
import { type Game, InputStatus } from './types';

/** What a synctest needs. */
export interface SyncTestOptions {
  readonly game: Game;
  readonly playerCount: number;
  /** How many frames are taken back and simulated again after every frame. Default 7. */
  readonly rollbackFrames?: number;
}

/** A frame that did not come out the same the second time. */
export interface SyncTestFault {
  /** The frame whose simulation differed. */
  readonly frame: number;
  /** First and last byte of the state that differ; both -1 when the checksums differ though the bytes are the same. */
  readonly firstByte: number;
  readonly lastByte: number;
  /** The game's name for the field at `firstByte`, when it has names. */
  readonly field: string | undefined;
  readonly firstChecksum: number;
  readonly secondChecksum: number;
}

/** A determinism test in the shape of a session. */
export interface SyncTest {
  readonly frame: number;
  /**
   * Simulates a frame, takes the last frames back, simulates them again and compares every state with the first one.
   * @param inputs every player's input, player 0 first.
   * @returns the first difference; undefined when there is none.
   */
  advance(inputs: Uint8Array): SyncTestFault | undefined;
}

/**
 * Finds games that are not deterministic, forget state outside their buffer, or treat a correct prediction unlike
 * the real input: on the first pass the inputs count as predicted, on the second as confirmed.
 */
export function createSyncTest(options: SyncTestOptions): SyncTest {
  const { game, playerCount } = options;
  const rollbackFrames = options.rollbackFrames ?? 7;
  if (!Number.isInteger(rollbackFrames) || rollbackFrames < 1 || rollbackFrames > 120) {
    throw new RangeError(`rollbackFrames is an integer from 1 to 120, not ${rollbackFrames}`);
  }
  const queue = new InputQueue(playerCount, game.inputBytes, 256, undefined);
  const snapshots = new Snapshots(game, rollbackFrames + 2);
  const checksums = new Uint32Array(256);
  const status = new Uint8Array(playerCount);
  let frame = 0;

  function simulate(at: number, as: number): number {
    queue.rewind();
    queue.load(at);
    game.advance(queue.row, status.fill(as));
    game.beforeSave?.();
    return game.checksum() >>> 0;
  }

  function compare(at: number, second: number): SyncTestFault | undefined {
    const first = snapshots.view(at + 1);
    if (first === undefined) return undefined;
    const firstChecksum = checksums[at & 255] ?? 0;
    let firstByte = -1;
    let lastByte = -1;
    for (let i = 0; i < first.length; i++) {
      if (first[i] === game.state[i]) continue;
      if (firstByte < 0) firstByte = i;
      lastByte = i;
    }
    if (firstByte < 0 && firstChecksum === second) return undefined;
    const field = firstByte < 0 ? undefined : game.describe?.(firstByte);
    return { frame: at, firstByte, lastByte, field, firstChecksum, secondChecksum: second };
  }

  return {
    get frame() {
      return frame;
    },
    advance(inputs) {
      for (let player = 0; player < playerCount; player++)
        queue.put(player, inputs, player * game.inputBytes, 0);
      if (frame === 0) snapshots.save(0);
      checksums[frame & 255] = simulate(frame, InputStatus.predicted);
      frame += 1;
      snapshots.save(frame);
      const from = Math.max(frame - rollbackFrames, 0);
      snapshots.load(from);
      for (let at = from; at < frame; at++) {
        const fault = compare(at, simulate(at, InputStatus.confirmed));
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
  };
}
