import type { BroadcastSource } from './broadcast';
import { FRAMES_PER_SECOND } from './frame-rate';
import type { ReplayData } from './replay';

/** What a recording is made from. */
export interface RecorderOptions {
  readonly playerCount: number;
  readonly inputBytes: number;
  readonly digest: number;
  readonly header?: Uint8Array;
  /** The state before frame 0. */
  readonly initialState: Uint8Array;
}

/** Writes a match down while it is played. */
export interface ReplayRecorder {
  /** Takes over what has been confirmed since the last call; call it at least every few seconds. */
  record(source: BroadcastSource): void;
  /** Takes over the rest and gives everything, ending with the last confirmed frame's checksum. */
  finish(source: BroadcastSource): ReplayData;
}

/** Starts a recording. It grows by the inputs' own size: about 240 bytes per second for two players of two bytes. */
export function createReplayRecorder(options: RecorderOptions): ReplayRecorder {
  const { playerCount, inputBytes, digest } = options;
  const rowBytes = playerCount * inputBytes;
  const initialState = options.initialState.slice();
  const checksums: { frame: number; checksum: number }[] = [];
  const departures = new Map<number, number>();
  let inputs = new Uint8Array(rowBytes * 1024);
  let frames = 0;

  function record(source: BroadcastSource): void {
    for (;;) {
      if ((frames + 256) * rowBytes > inputs.length) {
        const larger = new Uint8Array(inputs.length * 2);
        larger.set(inputs);
        inputs = larger;
      }
      const copied = source.copyConfirmedInputs(frames, 256, inputs.subarray(frames * rowBytes));
      for (let frame = frames; frame < frames + copied; frame++) {
        const checksum = frame % FRAMES_PER_SECOND === 0 ? source.checksumAt(frame) : undefined;
        if (checksum !== undefined) checksums.push({ frame, checksum });
      }
      frames += copied;
      if (copied < 256) break;
    }
    for (let player = 0; player < playerCount; player++) {
      const frame = source.departedAfter(player);
      if (frame !== undefined) departures.set(player, frame);
    }
  }

  return {
    record,
    finish(source) {
      record(source);
      const last = frames - 1;
      const checksum = last % FRAMES_PER_SECOND === 0 ? undefined : source.checksumAt(last);
      if (checksum !== undefined) checksums.push({ frame: last, checksum });
      return {
        digest,
        header: options.header?.slice() ?? new Uint8Array(0),
        playerCount,
        inputBytes,
        frames,
        initialState,
        inputs: inputs.slice(0, frames * rowBytes),
        departures: [...departures].map(([player, frame]) => ({ player, frame })),
        checksums: [...checksums],
      };
    },
  };
}
