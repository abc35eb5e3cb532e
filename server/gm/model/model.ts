import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import { AppError, asAppError } from '../../errors';
import { type BreakerPolicy, TrialBreaker } from '../../upstream/breaker';
import { Bulkhead } from '../../upstream/bulkhead';
import { verdictOfError } from '../../upstream/verdict';
import { theirWords } from '../../upstream/words';
import { modelAnswers } from '../counts';
import { createModelClient, type ModelAddress } from './client';
import { moderate } from './moderation';
import { messagesFor, type PromptFacts } from './prompt';

/** What there is of a model's line. */
export type Offer =
  /** Nothing, and nothing will come. */
  { readonly is: 'none' } | { readonly is: 'pending' } | { readonly is: 'ready'; readonly text: string };

/** Lines of a model, asked for in the background. Whatever the model does, an offer is made at once. */
export interface LineModel {
  /** @param key what the line is asked for by; the same key asks again */
  offer(key: string, facts: PromptFacts): Offer;
  /** Whether it is asked at the moment. */
  readonly isOpen: boolean;
  close(): Promise<void>;
}

export interface ModelOptions extends ModelAddress {
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
}

/** A line that comes later than this is of no use: the fight has begun. Milliseconds, waiting included. */
const DEADLINE_MS = 4_000;
const AT_ONCE = 4;
const MAY_WAIT = 32;
const MOST_JOBS = 5_000;
const MOST_LINES = 2_000;

const BREAKER: BreakerPolicy = {
  consecutive: 5,
  window: { ms: 30_000, calls: 10, share: 0.5 },
  trials: 2,
  openMs: [5_000, 60_000],
  lateMs: DEADLINE_MS,
};

type Line = Exclude<Offer, { is: 'pending' }>;

/** Lines of a model behind a deadline, room for a few at once, a breaker, a cache by prompt and moderation. */
export function createModel({ clock, log, ...address }: ModelOptions): LineModel {
  const client = createModelClient(address, AT_ONCE);
  const room = new Bulkhead(AT_ONCE, MAY_WAIT);
  const breaker = new TrialBreaker({
    policy: BREAKER,
    clock,
    judge: verdictOfError,
    onChange: (state) => log.warn({ state }, 'the breaker of the model'),
  });
  const jobs = new LRUCache<string, { offer: Offer }>({ max: MOST_JOBS });
  /** Of fit lines only: whoever asks with the same facts later may be luckier. */
  const lines = new LRUCache<string, Line>({ max: MOST_LINES });
  const running = new Set<Promise<void>>();
  const closing = new AbortController();

  async function ask(promptKey: string, facts: PromptFacts): Promise<Line> {
    const over = new AbortController();
    const stop = clock.after(DEADLINE_MS, () => over.abort(new AppError('TIMEOUT', 'The model is late.')));
    const signal = AbortSignal.any([over.signal, closing.signal]);
    try {
      const written = await room.execute(
        () => breaker.execute(() => client.complete(messagesFor(facts), signal)),
        signal,
      );
      const looked = moderate(written, facts.language);
      modelAnswers.inc({ end: 'unfit' in looked ? 'unfit' : 'fit' });
      if ('unfit' in looked) return { is: 'none' };
      const line: Line = { is: 'ready', text: looked.text };
      lines.set(promptKey, line);
      return line;
    } catch (error) {
      if (!closing.signal.aborted) tell(error, over.signal.aborted);
      return { is: 'none' };
    } finally {
      stop();
      over.abort();
    }
  }

  function tell(error: unknown, isLate: boolean): void {
    modelAnswers.inc({ end: isLate ? 'late' : 'failed' });
    const why = isLate ? 'late' : theirWords(asAppError(error)?.message ?? String(error));
    log.warn({ why }, 'no line of the model');
  }

  function begin(promptKey: string): Offer {
    const known = lines.get(promptKey);
    if (known) return known;
    if (closing.signal.aborted || breaker.closedForMs > 0 || room.waiting >= MAY_WAIT) {
      modelAnswers.inc({ end: 'not asked' });
      return { is: 'none' };
    }
    return { is: 'pending' };
  }

  return {
    get isOpen() {
      return breaker.closedForMs === 0;
    },
    offer(key, facts) {
      const job = jobs.get(key);
      if (job) return job.offer;
      const promptKey = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
      const offer = begin(promptKey);
      if (offer.is === 'none') return offer;
      const made: { offer: Offer } = { offer };
      jobs.set(key, made);
      if (offer.is === 'ready') return offer;
      const task: Promise<void> = ask(promptKey, facts).then((line) => {
        made.offer = line;
        running.delete(task);
      });
      running.add(task);
      return offer;
    },
    async close() {
      closing.abort();
      await client.close();
      await Promise.all(running);
    },
  };
}
