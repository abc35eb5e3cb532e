import type { GameState } from '../grpc/gen/proto/game';
import type { LatestWriter } from '../grpc/latest-writer';
import type { Pacer } from './pacer';

/** Where a runner takes its frames from: a simulation or the playout of a judged match. */
export interface FrameSource {
  /**
   * The next frame, or nothing when there is none yet. A frame with a `winner_id` is the last one.
   * Called 60 times a second.
   */
  next(): GameState | undefined;
}

/** Whoever watches: gets frames, then the last one or an error. */
export type Viewer = LatestWriter<GameState>;

export interface RunnerOptions {
  readonly pacer: Pacer;
  /** Where the match stands; what the first viewer sees at once. */
  readonly initial: () => GameState;
  readonly source: FrameSource;
  /** Keep going when nobody watches. */
  readonly alwaysOn: boolean;
  /** Called when the last viewer of a runner that is not always on has left. */
  readonly onIdle?: () => void;
  /** Called once with the last frame, after the viewers got it. */
  readonly onEnd: (final: GameState) => void;
  /** Called when the source broke, after the viewers were told. */
  readonly onFail: (error: unknown) => void;
}

/** One running match: takes a frame 60 times a second and shows it to everyone who watches. */
export class GameRunner {
  readonly #options: RunnerOptions;
  readonly #viewers = new Set<Viewer>();
  #latest: GameState;
  #stopTicking: (() => void) | undefined;
  #ended = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#latest = options.initial();
    if (options.alwaysOn) this.#run();
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Shows the newest frame at once and each further one, until the returned function is called. */
  watch(viewer: Viewer): () => void {
    if (this.#ended) {
      viewer.end(this.#latest);
      return () => undefined;
    }
    if (!this.#stopTicking) this.#latest = this.#options.initial();
    this.#viewers.add(viewer);
    viewer.offer(this.#latest);
    this.#run();
    return () => {
      if (!this.#viewers.delete(viewer) || this.#viewers.size > 0 || this.#options.alwaysOn) return;
      this.#pause();
      this.#options.onIdle?.();
    };
  }

  /** Ends at once for everyone with an error, such as a shutdown. */
  abort(error: unknown): void {
    this.#pause();
    this.#ended = true;
    for (const viewer of this.#viewers) viewer.fail(error);
    this.#viewers.clear();
  }

  /** Ends with this frame without playing what is left; for a match that nobody watches. */
  finish(final: GameState): void {
    if (this.#ended) return;
    this.#pause();
    this.#ended = true;
    this.#latest = final;
    for (const viewer of this.#viewers) viewer.end(final);
    this.#viewers.clear();
    this.#options.onEnd(final);
  }

  #run(): void {
    this.#stopTicking ??= this.#options.pacer.add(() => this.#tick());
  }

  #pause(): void {
    this.#stopTicking?.();
    this.#stopTicking = undefined;
  }

  #tick(): void {
    let state: GameState | undefined;
    try {
      state = this.#options.source.next();
    } catch (error) {
      // One broken match must not stop the beat of the others.
      this.abort(error);
      this.#options.onFail(error);
      return;
    }
    if (state === undefined) return;
    if (state.winner_id !== undefined) {
      this.finish(state);
      return;
    }
    this.#latest = state;
    for (const viewer of this.#viewers) viewer.offer(state);
  }
}
