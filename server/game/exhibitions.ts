import { CHARACTERS } from '../../engine/fighter/characters/roster';
import { AppError } from '../errors';
import type { GameState, GameStateRequest } from '../grpc/gen/proto/game';
import { roomLogger } from '../logger';
import { CHARACTER_WORDS } from './character-words';
import { createExhibition } from './exhibition';
import type { LiveMatches } from './live-matches';
import type { Pacer } from './pacer';
import { Recent } from './recent';
import { GameRunner, type Viewer } from './runner';

const log = roomLogger('game');

const MAX_ID_CHARACTERS = 128;
const FINALS_KEPT = 2_000;

export interface MatchesOptions {
  readonly pacer: Pacer;
  readonly live: LiveMatches;
  /** Exhibitions that may run at once. */
  readonly maxExhibitions: number;
  /** An exhibition ends after this many frames at the latest. */
  readonly maxFrames: number;
}

/** All matches that can be watched: the live ones, exhibitions, and how finished ones ended. */
export class Matches {
  readonly #options: MatchesOptions;
  /** Oldest first. */
  readonly #exhibitions = new Map<string, GameRunner>();
  readonly #finals = new Recent<GameState>(FINALS_KEPT);

  constructor(options: MatchesOptions) {
    this.#options = options;
  }

  get exhibitions(): number {
    return this.#exhibitions.size;
  }

  /** People who watch exhibitions. */
  get viewers(): number {
    let viewers = 0;
    for (const runner of this.#exhibitions.values()) viewers += runner.viewers;
    return viewers;
  }

  /**
   * Shows a match to a viewer until the returned function is called: a live one is joined, a finished one
   * repeats its last frame, an unknown id starts an exhibition between the two characters (0: the first).
   * @param liveOnly never start an exhibition: the caller knows that players own this id
   * @throws {AppError} BAD_REQUEST for a bad id or character, RATE_LIMITED when too many exhibitions run,
   *   UNAVAILABLE when `liveOnly` and the match is not here (yet, or any more).
   */
  watch(request: GameStateRequest, viewer: Viewer, liveOnly: boolean): () => void {
    const id = request.match_id;
    if (id === '' || id.length > MAX_ID_CHARACTERS)
      throw new AppError('BAD_REQUEST', `match_id must have 1 to ${MAX_ID_CHARACTERS} characters.`);
    const live = this.#options.live.watch(id, viewer);
    if (live) return live;
    if (liveOnly) throw new AppError('UNAVAILABLE', `Match ${id} is not being played here at the moment.`);
    const final = this.#finals.get(id);
    if (final) {
      viewer.end(final);
      return () => undefined;
    }
    return (this.#exhibitions.get(id) ?? this.#start(request)).watch(viewer);
  }

  /** Gives up an exhibition whose id a live match takes over; its viewers are told to come back. */
  release(matchId: string): void {
    this.#finals.delete(matchId);
    const runner = this.#exhibitions.get(matchId);
    if (!runner) return;
    this.#exhibitions.delete(matchId);
    runner.abort(new AppError('UNAVAILABLE', 'The players of this match have arrived; watch again.'));
  }

  /** Ends every exhibition. */
  close(): void {
    for (const runner of this.#exhibitions.values())
      runner.abort(new AppError('UNAVAILABLE', 'The game service is shutting down.'));
    this.#exhibitions.clear();
  }

  #start(request: GameStateRequest): GameRunner {
    const id = request.match_id;
    const characters = [characterOf(request.player1_id, 1), characterOf(request.player2_id, 2)] as const;
    this.#makeRoom();
    const source = createExhibition(id, characters, this.#options.maxFrames);
    const runner = new GameRunner({
      pacer: this.#options.pacer,
      initial: source.initial,
      source,
      alwaysOn: true,
      onEnd: (final) => {
        this.#exhibitions.delete(id);
        this.#finals.set(id, final);
      },
      onFail: (error) => {
        this.#exhibitions.delete(id);
        log.error({ err: error, matchId: id }, 'an exhibition broke');
      },
    });
    this.#exhibitions.set(id, runner);
    return runner;
  }

  /** When all places are taken, the oldest exhibition that nobody watches gives way. */
  #makeRoom(): void {
    const { maxExhibitions } = this.#options;
    if (this.#exhibitions.size < maxExhibitions) return;
    for (const [id, runner] of this.#exhibitions) {
      if (runner.viewers > 0) continue;
      runner.abort(new AppError('UNAVAILABLE', 'Nobody watched.'));
      this.#exhibitions.delete(id);
      return;
    }
    throw new AppError(
      'RATE_LIMITED',
      `${maxExhibitions} exhibitions are running, which is the limit; watch one of them or try again later.`,
    );
  }
}

/** @throws {AppError} BAD_REQUEST for an id that nobody in the roster has. */
function characterOf(id: number, side: 1 | 2): number {
  const wanted = id === 0 ? 1 : id;
  if (CHARACTERS.some((character) => character.id === wanted)) return wanted;
  const known = CHARACTERS.map(({ id, slug }) => `${id} ${CHARACTER_WORDS[slug].name}`).join(', ');
  throw new AppError('BAD_REQUEST', `player${side}_id ${id} is not a character; there are ${known}.`);
}
