/** What an action led to. One object a environment, overwritten by each `act`. */
export interface Outcome {
  reward: number;
  /** The episode is over. */
  ended: boolean;
  /** It was over because the clock ran out, not because of anything that was done: the future still counts. */
  truncated: boolean;
}

/** A task to learn, one episode after another. Deterministic: its seed decides everything. */
export interface Environment {
  /** Numbers in an observation, each about -1 to 1. */
  readonly observationSize: number;
  /** Actions are 0 to `actionCount - 1`. */
  readonly actionCount: number;
  /** Begins an episode and writes what is seen first. */
  reset(seed: number, observation: Float32Array): void;
  /** Does `action`, writes what is seen next. The result is valid until the next call. */
  act(action: number, observation: Float32Array): Readonly<Outcome>;
  /** How the episode that ended went for the learner. */
  result(): 'win' | 'loss' | 'draw';
}
