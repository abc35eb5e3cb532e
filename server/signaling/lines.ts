import type { Sessions } from '../sessions/sessions';
import type { Connection } from './connection';

/** How long an old connection has to answer before another with its client id counts as the same one come back. */
const ANSWER_MS = 2_000;

/**
 * The lines of every player. One acts: its events count, and what concerns the player goes to it. While a player is in a match
 * further ones only look on, and none of them acts before it asks to (`take_over`), not even when the first is gone.
 */
export class Lines {
  readonly #acting = new Map<string, Connection>();
  readonly #onlookers = new Map<string, Set<Connection>>();

  /** Live lines that act, one a player. */
  get size(): number {
    return this.#acting.size;
  }

  acting(playerId: string): Connection | undefined {
    return this.#acting.get(playerId);
  }

  isActing(connection: Connection): boolean {
    return this.#acting.get(connection.playerId) === connection;
  }

  /** Every line, onlookers included. */
  *all(): Generator<Connection> {
    yield* this.#acting.values();
    for (const onlookers of this.#onlookers.values()) yield* onlookers;
  }

  onlookers(playerId: string): Iterable<Connection> {
    return this.#onlookers.get(playerId) ?? [];
  }

  /** Whether the player has any line. */
  isHere(playerId: string): boolean {
    return this.#acting.has(playerId) || this.#onlookers.has(playerId);
  }

  /** Makes this line the one that acts; returns the one that did, which is no line of the player's any more. */
  act(connection: Connection): Connection | undefined {
    const previous = this.#acting.get(connection.playerId);
    this.#removeOnlooker(connection);
    this.#acting.set(connection.playerId, connection);
    return previous === connection ? undefined : previous;
  }

  lookOn(connection: Connection): void {
    const onlookers = this.#onlookers.get(connection.playerId) ?? new Set();
    this.#onlookers.set(connection.playerId, onlookers.add(connection));
  }

  /** Forgets a line that has ended; true when it was the one that acted. */
  remove(connection: Connection): boolean {
    this.#removeOnlooker(connection);
    return this.isActing(connection) && this.#acting.delete(connection.playerId);
  }

  #removeOnlooker(connection: Connection): void {
    const onlookers = this.#onlookers.get(connection.playerId);
    if (onlookers?.delete(connection) && onlookers.size === 0) this.#onlookers.delete(connection.playerId);
  }
}

/** What a new line of this player may do. A page that was reloaded brings the client id it had and is the same line again. */
export async function roleOf(
  playerId: string,
  clientId: string | null,
  {
    sessions,
    answers,
  }: {
    readonly sessions: Pick<Sessions, 'matchOf'>;
    /** Whether the line that acts for a player still answers; undefined without one. */
    answers(playerId: string): Promise<boolean | undefined>;
  },
): Promise<'acts' | 'looks on'> {
  const match = sessions.matchOf(playerId);
  if (!match) return 'acts';
  if (match.clientId !== clientId) return 'looks on';
  const isAnswered = await answers(playerId);
  if (isAnswered === undefined) return 'acts';
  // Without an id nobody can tell a second page from the same one. With one, it may be a copy: duplicated tabs copy ids.
  return clientId === null || isAnswered ? 'looks on' : 'acts';
}

/** Whether the other end of a line still answers to engine.io's ping, sent ahead of its time. */
export function answers({ socket: { conn } }: Connection): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isThere: boolean) => {
      clearTimeout(timer);
      conn.off('heartbeat', onAnswer);
      conn.off('close', onClose);
      resolve(isThere);
    };
    const onAnswer = () => settle(true);
    const onClose = () => settle(false);
    const timer = setTimeout(onClose, ANSWER_MS);
    conn.once('heartbeat', onAnswer);
    conn.once('close', onClose);
    // biome-ignore lint/complexity/useLiteralKeys: engine.io keeps its ping private; nothing public makes a client answer
    conn['sendPacket']('ping');
  });
}
