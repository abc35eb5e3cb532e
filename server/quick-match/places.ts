import { z } from 'zod';
import type { Cluster, Nodes } from '../cluster/cluster';
import { SharedMap } from '../cluster/shared-map';
import type { Waiting } from './matchmaker';

/** Whose line is gone keeps the place for so long: a page that is loaded again takes less. */
export const QUEUE_GRACE_MS = 10_000;

/** What the other nodes have to know of somebody who waits at one. */
const placeThere = z.object({
  characterId: z.int(),
  rating: z.number(),
  rttMs: z.number().nullable(),
  sinceMs: z.number(),
  avoided: z.array(z.tuple([z.string(), z.number()])),
  /** The line is there. */
  isPresent: z.boolean(),
});
type PlaceThere = z.infer<typeof placeThere>;

/** Somebody's place in the queue. */
export interface Place extends Waiting {
  characterId: number;
  rttMs: number | null;
  /** Until when each is avoided. */
  readonly avoided: Map<string, number>;
  goneAt: number | undefined;
  toldAt: number;
}

export interface PlacesOptions {
  readonly cluster: Cluster;
  now(): number;
  /** Whether a line of the player acts at this node. */
  isOnline(playerId: string): boolean;
}

/** The queue: who waits at this node, and who at others. A place is where the line acts, and moves with it. */
export class Places {
  readonly #options: PlacesOptions;
  readonly #nodes: Nodes;
  readonly #map: SharedMap<PlaceThere>;
  readonly #own = new Map<string, Place>();
  readonly #elsewhere = new Map<string, Place>();
  /** Places at nodes that are gone, for whoever of them comes to this one in time. */
  readonly #orphans = new Map<string, Place>();

  constructor(options: PlacesOptions) {
    this.#options = options;
    this.#nodes = options.cluster.nodes;
    this.#map = new SharedMap({
      cluster: options.cluster,
      name: 'quick-match',
      schema: placeThere,
      changed: (playerId, _nodeId, _after, before, isGone) => {
        const [there] = this.#map.elsewhere(playerId);
        if (there) this.#elsewhere.set(playerId, this.#placeOf(playerId, there.value));
        else this.#elsewhere.delete(playerId);
        this.#orphans.delete(playerId);
        if (isGone && before && !there) this.#keepOrphan(this.#placeOf(playerId, before));
        this.giveWay(playerId);
      },
    });
  }

  /** Waits at this node. */
  own(playerId: string): Place | undefined {
    return this.#own.get(playerId);
  }

  allOwn(): Place[] {
    return [...this.#own.values()];
  }

  get ownSize(): number {
    return this.#own.size;
  }

  /** Of all nodes. */
  get size(): number {
    return this.#own.size + this.#everybodyElse().length;
  }

  /** Everybody who can be brought together with somebody. */
  present(): Place[] {
    return [...this.#own.values(), ...this.#everybodyElse()].filter(({ goneAt }) => goneAt === undefined);
  }

  /** Whether somebody waits still, in the same place and with a line. */
  isStillPresent({ playerId, sinceMs }: Place): boolean {
    const place = this.#own.get(playerId) ?? this.#elsewhere.get(playerId);
    return place?.sinceMs === sinceMs && place.goneAt === undefined;
  }

  /** A place at this node is new or otherwise. */
  put(place: Place): void {
    this.#own.set(place.playerId, place);
    this.#orphans.delete(place.playerId);
    const { characterId, rating, rttMs, sinceMs, avoided, goneAt } = place;
    this.#map.set(place.playerId, {
      ...{ characterId, rating, rttMs, sinceMs, avoided: [...avoided] },
      isPresent: goneAt === undefined,
    });
  }

  remove(playerId: string): void {
    this.#own.delete(playerId);
    this.#map.delete(playerId);
  }

  /** The place that somebody who acts here now had at another node. */
  moveHere(playerId: string): Place | undefined {
    this.#forgetOrphans();
    const place = this.#elsewhere.get(playerId) ?? this.#orphans.get(playerId);
    if (place) this.put(place);
    return place;
  }

  /** Of a place here and one at another node that counts where the line is. */
  giveWay(playerId: string): void {
    if (!this.#own.has(playerId) || !this.#elsewhere.has(playerId)) return;
    if (!this.#options.isOnline(playerId)) this.remove(playerId);
  }

  /** Nobody waits here any more. */
  clear(): void {
    for (const playerId of [...this.#own.keys()]) this.remove(playerId);
  }

  #everybodyElse(): Place[] {
    if (!this.#nodes.isShared) return [];
    return [...this.#elsewhere.values()].filter(({ playerId }) => !this.#own.has(playerId));
  }

  #placeOf(playerId: string, { isPresent, avoided, ...said }: PlaceThere): Place {
    const now = this.#options.now();
    return {
      ...{ playerId, ...said, avoided: new Map(avoided) },
      ...{ goneAt: isPresent ? undefined : now, toldAt: now },
    };
  }

  #keepOrphan(place: Place): void {
    this.#forgetOrphans();
    place.goneAt = this.#options.now();
    this.#orphans.set(place.playerId, place);
  }

  #forgetOrphans(): void {
    const now = this.#options.now();
    for (const [playerId, { goneAt = now }] of this.#orphans)
      if (now - goneAt >= QUEUE_GRACE_MS) this.#orphans.delete(playerId);
  }
}
