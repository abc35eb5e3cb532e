/** Time as sessions and the lobby see it, so that tests can hold it still. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Runs once; the returned function takes it back. */
  after(ms: number, task: () => void): () => void;
  /** Runs again and again; the returned function ends it. */
  every(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
};
