import { AdaptiveDelay } from './adaptive-delay';
import type { PeerContext } from './peer-context';
import type { AdaptiveDelayOptions } from './session-types';

export const MAX_DELAY_FRAMES = 30;

/** The local players' inputs on their way into the queue, each with its delay. */
export class LocalInputs {
  readonly #context: PeerContext;
  readonly #delays: Int32Array;
  readonly #adaptive: AdaptiveDelay | undefined;

  /** @param given rows of all local players for the first frames, which have been given before this session. */
  constructor(
    context: PeerContext,
    delayFrames: number,
    adaptiveDelay: AdaptiveDelayOptions | undefined,
    given: Uint8Array,
  ) {
    this.#context = context;
    const { queue, localPlayers } = context;
    this.#delays = new Int32Array(queue.playerCount);
    this.#adaptive = adaptiveDelay === undefined ? undefined : new AdaptiveDelay(adaptiveDelay);
    const none = new Uint8Array(queue.inputBytes);
    const rowBytes = localPlayers.length * queue.inputBytes;
    const givenFrames = Math.floor(given.length / rowBytes);
    for (const [i, player] of localPlayers.entries()) {
      this.#delays[player] = delayFrames;
      for (let frame = 0; frame < givenFrames; frame++)
        queue.put(player, given, frame * rowBytes + i * queue.inputBytes, 0);
      for (let frame = givenFrames; frame < delayFrames; frame++) queue.put(player, none, 0, 0);
    }
    context.metrics.inputDelayFrames = delayFrames;
  }

  /** Takes one input of each local player for the present frame plus its delay. */
  give(inputs: Uint8Array): void {
    const { localPlayers, queue, timeline } = this.#context;
    for (let i = 0; i < localPlayers.length; i++) {
      const player = localPlayers[i] ?? 0;
      const until = timeline.frame + (this.#delays[player] ?? 0);
      // A raised delay leaves a gap, which this input fills; a lowered one drops inputs until the frames catch up.
      while ((queue.lastKnown[player] ?? -1) < until)
        queue.put(player, inputs, i * queue.inputBytes, timeline.frame);
    }
  }

  delayOf(player: number): number {
    return this.#delays[player] ?? 0;
  }

  /** Changes the delay of one local player or of all. @throws RangeError outside 0 to 30. */
  setDelay(frames: number, player: number | undefined): void {
    if (!Number.isInteger(frames) || frames < 0 || frames > MAX_DELAY_FRAMES) {
      throw new RangeError(`input delay is 0 to ${MAX_DELAY_FRAMES} frames, not ${frames}`);
    }
    for (const local of this.#context.localPlayers) {
      if ((player !== undefined && player !== local) || this.#delays[local] === frames) continue;
      this.#delays[local] = frames;
      this.#context.metrics.inputDelayFrames = frames;
      this.#context.events.push({ type: 'delay', player: local, frames });
    }
  }

  /** Chooses the first delay, when the session may. */
  begin(): void {
    const { metrics } = this.#context;
    if (this.#adaptive !== undefined)
      this.setDelay(this.#adaptive.initial(metrics.pingMs, metrics.jitterMs), undefined);
  }

  /** Lets the delay follow the connection, when that was asked for. */
  adapt(): void {
    const { localPlayers, metrics, nowMs } = this.#context;
    const first = localPlayers[0];
    if (this.#adaptive === undefined || first === undefined || metrics.pingMs === 0) return;
    const current = this.#delays[first] ?? 0;
    const frames = this.#adaptive.update(nowMs, current, metrics.pingMs, metrics.jitterMs);
    if (frames !== current) this.setDelay(frames, undefined);
  }
}
