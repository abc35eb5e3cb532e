import { createHash, randomUUID } from 'node:crypto';
import { refusal } from '../tournaments/refusals';
import type { Call } from './call';
import { keyHits } from './counts';
import type { Answer, Keeping } from './operation';

/** How long an answer is given again. */
export const KEPT_MS = 300_000;
/** Beyond the deadline of the slowest operation: whoever still holds a lock then has crashed. */
export const LOCK_MS = 20_000;
export const MAX_KEY_CHARACTERS = 128;

/** Gives a first answer again to a request that comes again under its key. */
export interface AnswerKeeper {
  /**
   * Runs once for a key, or gives the answer that was given; only successes are kept.
   * @throws bad_key, key_conflict (another request under the key), key_running, and what `run` throws
   */
  once<Request, Response extends Answer>(
    what: { readonly name: string; readonly keeping: Keeping<Request, Response>; readonly key: string },
    request: Request,
    call: Call,
    run: () => Response | Promise<Response>,
  ): Promise<Response>;
  /** Forgets what is over. @returns how many */
  sweep(): Promise<number>;
}

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  // With its length before each part no two lists of parts are alike.
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url');
};

function whoAsks(call: Call, scope: string): string {
  switch (call.caller.kind) {
    case 'player':
      return `player ${call.caller.playerId}`;
    case 'trusted':
      return `trusted ${scope}`;
    case 'nobody':
      return `nobody ${call.address}`;
  }
}

/** What throws rejects. */
async function settled<T>(run: () => T | Promise<T>): Promise<T> {
  return run();
}

/** A key under which something else stands. */
export interface Standing {
  readonly fingerprint: string;
  /** undefined: the first request still runs */
  readonly answer: string | undefined;
}

/** One request that takes a key. */
export interface Taking {
  /** Hash of who asks, the operation and the key. */
  readonly id: string;
  /** Hash of the request. */
  readonly fingerprint: string;
  /** Whoever shows it may write the answer, or give the key back. */
  readonly lock: string;
}

/** Where keys and answers are kept; each call is atomic. */
export interface AnswerStore {
  /** Takes a key that is free, over, or was left by one who crashed with the same request. @returns undefined: taken */
  take(taking: Taking): Promise<Standing | undefined>;
  /** Rejects only where the answer may be lost. */
  keep(taking: Taking, answer: string): Promise<void>;
  free(taking: Taking): Promise<void>;
  sweep(): Promise<number>;
}

/** What a key is met with that somebody else took. @throws key_conflict, key_running */
function standingAnswer(standing: Standing, fingerprint: string): string {
  if (standing.fingerprint !== fingerprint) {
    keyHits.inc({ outcome: 'conflict' });
    throw refusal('key_conflict', 'conflict: this idempotency key was used for another request.');
  }
  if (standing.answer !== undefined) return standing.answer;
  keyHits.inc({ outcome: 'running' });
  throw refusal('key_running', 'conflict: the first request under this idempotency key still runs.');
}

/** The same rules wherever the answers are kept. */
export function createKeeper(store: AnswerStore): AnswerKeeper {
  return {
    async once<Request, Response extends Answer>(
      {
        name,
        keeping,
        key,
      }: { readonly name: string; readonly keeping: Keeping<Request, Response>; readonly key: string },
      request: Request,
      call: Call,
      run: () => Response | Promise<Response>,
    ): Promise<Response> {
      if (key.length > MAX_KEY_CHARACTERS)
        throw refusal('bad_key', `An idempotency key has at most ${MAX_KEY_CHARACTERS} characters.`);
      // A gateway and the service behind it may keep their answers in one database: each has the key for itself.
      const leg = call.isHop ? 'forwarded' : 'direct';
      const who = `${leg} ${whoAsks(call, keeping.scopeOf?.(request) ?? '')}`;
      const id = sha256(who, name, key);
      const fingerprint = sha256(name, who, keeping.fingerprint(request));
      const taking = { id, fingerprint, lock: randomUUID() };
      const standing = await store.take(taking);
      if (standing) {
        const answer = standingAnswer(standing, fingerprint);
        keyHits.inc({ outcome: 'repeat' });
        call.isRepeat = true;
        return keeping.unpack(answer);
      }
      let response: Response;
      try {
        response = await settled(run);
      } catch (error) {
        await store.free(taking);
        throw error;
      }
      if (response.error) await store.free(taking);
      else await store.keep(taking, keeping.pack(response));
      return response;
    },
    sweep: () => store.sweep(),
  };
}
