import type { Logger } from 'pino';
import { asAppError } from '../errors';
import { fallenBack } from './counts';

/** Who is asked first. */
export type Neighbour = 'rule engine' | 'game master';

/** An answer, and whose it is. */
export interface Answered<T> {
  readonly value: T;
  /** False: the neighbour did not answer in time or not sensibly, and the arcade answered itself. */
  readonly isTheirs: boolean;
  /** Why not theirs: a code of the error. */
  readonly why: string | undefined;
}

/**
 * Asks a neighbour, for so long and no longer; what it does not answer the arcade answers itself, by the same rules. So
 * nobody waits for a service that is slow, and none that is away stops a run.
 * @param theirs gives up when the signal aborts
 */
export async function askFirst<T>(
  neighbour: Neighbour,
  theirs: (signal: AbortSignal) => Promise<T>,
  ours: () => T | Promise<T>,
  { withinMs, log }: { readonly withinMs: number; readonly log: Pick<Logger, 'warn'> },
): Promise<Answered<T>> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      over.abort();
      reject(new Error(`no answer in ${withinMs} ms`));
    }, withinMs);
  });
  try {
    return { value: await Promise.race([theirs(over.signal), late]), isTheirs: true, why: undefined };
  } catch (error) {
    const why = asAppError(error)?.code ?? 'TIMEOUT';
    fallenBack.inc({ neighbour, why });
    log.warn({ neighbour, why, err: error }, 'answered by the arcade itself');
    return { value: await ours(), isTheirs: false, why };
  } finally {
    clearTimeout(timer);
  }
}
