import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Cluster } from '../../cluster/cluster';
import type { PrismaClient } from '../../db/generated/client';
import type { FakeClock } from '../../sessions/testing/fake-clock';
import { addPlayer } from '../../sessions/testing/players';
import { createQuickMatch, type QuickMatch, type QuickMatchOptions } from '../quick-match';

type Told = Parameters<QuickMatchOptions['notify']>[1];
type QueueSessions = QuickMatchOptions['sessions'];

/** One node's queue, its people's lines in the hands of the test. */
export interface QueueNode {
  readonly quick: QuickMatch;
  /** Whose lines act here. */
  readonly online: Set<string>;
}

export interface QueuesOptions {
  readonly db: PrismaClient;
  readonly clock: FakeClock;
  readonly clusters: readonly Cluster[];
  /** What the sessions of each node do otherwise than to make a match when the test says so. */
  readonly sessions?: readonly QueueSessions[];
}

/** The queue of an arcade of as many nodes as there are clusters. */
export class Queues {
  readonly #options: QueuesOptions;
  readonly nodes: readonly QueueNode[];
  readonly told = new Map<string, Told[]>();
  /** Who is in a match, as far as the sessions know. */
  readonly fighting = new Set<string>();
  /** Fights that are being made. */
  readonly making: { readonly players: readonly [string, string]; resolve(): void }[] = [];
  /** Happens when somebody who asks for a place was looked at, and before the database is asked. */
  meanwhile: () => void = () => {};
  #entered = 0;

  constructor(options: QueuesOptions) {
    this.#options = options;
    this.nodes = options.clusters.map((cluster, index) =>
      this.#node(cluster, options.sessions?.[index] ?? this.#heldUp),
    );
  }

  /** Somebody new who waits, by turns at each node. */
  async enter(at = this.#entered % this.nodes.length): Promise<string> {
    this.#entered += 1;
    const playerId = await addPlayer(this.#options.db, `p${randomUUID().slice(0, 8)}`);
    this.node(at).online.add(playerId);
    await this.join(playerId, at);
    return playerId;
  }

  node(at: number): QueueNode {
    const node = this.nodes[at];
    if (!node) throw new Error(`There is no node ${at}.`);
    return node;
  }

  join(playerId: string, at = this.whereabouts(playerId)) {
    return this.node(at).quick.join({ playerId, characterId: 1 });
  }

  whereabouts(playerId: string): number {
    return this.nodes.findIndex(({ online }) => online.has(playerId));
  }

  /** The player's line ends, and its node hears so. */
  hangUp(playerId: string): void {
    const { online, quick } = this.node(this.whereabouts(playerId));
    online.delete(playerId);
    quick.gone(playerId);
  }

  /** A line of the player acts at a node. */
  callIn(playerId: string, at: number): void {
    this.node(at).online.add(playerId);
    this.node(at).quick.back(playerId);
  }

  left(playerId: string): string[] {
    return (this.told.get(playerId) ?? []).flatMap((status) =>
      status.state === 'left' ? [status.reason] : [],
    );
  }

  close(): void {
    for (const { quick } of this.nodes) quick.close();
  }

  readonly #heldUp: QueueSessions = {
    arrange: ({ player1Id, player2Id }) =>
      new Promise((resolve) =>
        this.making.push({
          players: [player1Id, player2Id],
          resolve: () => resolve({ sessionId: randomUUID() }),
        }),
      ),
    matchOf: (playerId) =>
      this.fighting.has(playerId) ? { sessionId: randomUUID(), clientId: null, source: null } : undefined,
    quickMatchRefusedUntil: async () => undefined,
  };

  #node(cluster: Cluster, sessions: QueueSessions): QueueNode {
    const { db, clock } = this.#options;
    const online = new Set<string>();
    const quick = createQuickMatch({
      ...{ cluster, db, clock, sessions, log: pino({ level: 'silent' }) },
      notify: (playerId, status) => {
        if (online.has(playerId)) this.told.set(playerId, [...(this.told.get(playerId) ?? []), status]);
      },
      isOnline: (playerId) => online.has(playerId),
      rttOf: () => 10,
      isUndisturbed: () => {
        this.meanwhile();
        return false;
      },
    });
    return { quick, online };
  }
}
