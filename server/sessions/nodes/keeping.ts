import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Questions to Redis at a time. */
const AT_ONCE = 32;
/** What could not be found out is asked again. */
const AGAIN_MS = 500;

export interface KeepingOptions {
  readonly own: string;
  readonly log: Logger;
  /** All sessions that this node believed to lead. */
  held(): readonly string[];
  /** Takes a session if nobody has it. @returns the node that leads it now */
  claim(sessionId: string): Promise<string>;
  /** Another node leads it now. */
  lost(sessionId: string): void;
  /** It is known of each session whose it is. */
  done(): void;
}

/** What becomes of a node's sessions after it was cut off: those that were taken over meanwhile are not its any more. */
export interface Keeping {
  /** From the moment of `begin` until it is known of each session whose it is. */
  readonly isUnderWay: boolean;
  begin(): void;
  close(): void;
}

export function createKeeping(options: KeepingOptions): Keeping {
  const { own, log } = options;
  let isUnderWay = false;
  let isAskedAgain = false;
  let isClosed = false;

  async function ask(left: string[]): Promise<void> {
    for (let sessionId = left.pop(); sessionId !== undefined; sessionId = left.pop())
      if ((await options.claim(sessionId)) !== own) options.lost(sessionId);
  }

  async function askForAll(): Promise<boolean> {
    isAskedAgain = false;
    const left = [...options.held()];
    const asked = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => ask(left)));
    const failed = asked.find((one) => one.status === 'rejected');
    if (failed) log.warn({ err: failed.reason }, 'it could not be seen yet what was taken over');
    return !failed && !isAskedAgain;
  }

  async function run(): Promise<void> {
    while (!(await askForAll())) {
      if (isClosed) return;
      await delay(AGAIN_MS, undefined, { ref: false });
    }
    isUnderWay = false;
    options.done();
  }

  return {
    get isUnderWay() {
      return isUnderWay;
    },
    begin() {
      isAskedAgain = true;
      if (isUnderWay) return;
      isUnderWay = true;
      void run();
    },
    close() {
      isClosed = true;
    },
  };
}
