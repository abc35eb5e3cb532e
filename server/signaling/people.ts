import { z } from 'zod';
import type { Cluster } from '../cluster/cluster';
import { SharedMap } from '../cluster/shared-map';

/** What the other nodes have to know of a player's lines at one. */
const personThere = z.object({
  name: z.string(),
  acting: z
    .object({
      clientId: z.string().nullable(),
      /** The higher it is, the later it came to act. */
      stamp: z.int(),
    })
    .nullable(),
  onlookers: z.int(),
  /** Whether the line that speaks for the player there shows the lobby. */
  inLobby: z.boolean(),
  doNotDisturb: z.boolean(),
  /** Of who has fought. */
  rating: z.number().optional(),
  /** How far the acting line is from that node, there and back; undefined before the first ping. */
  rttMs: z.number().optional(),
});
export type PersonThere = z.infer<typeof personThere>;

/** The line that acts for a player. */
export interface ActingLine {
  readonly nodeId: string;
  readonly clientId: string | null;
  readonly stamp: number;
}

export interface PeopleOptions {
  readonly cluster: Cluster;
  /** Somebody's lines at another node are otherwise. @param isNodeGone they went with it */
  changed(
    playerId: string,
    after: PersonThere | undefined,
    before: PersonThere | undefined,
    isNodeGone: boolean,
  ): void;
}

/** Whose lines are where, on all nodes. Of several that act for one player the one that came last does (SIG-40). */
export class People {
  readonly #map: SharedMap<PersonThere>;
  readonly #own: string;
  /** A Lamport clock: whoever comes to act has a higher one than all that this node knew of. */
  #stamp = 0;

  constructor({ cluster, changed }: PeopleOptions) {
    this.#own = cluster.nodes.own;
    this.#map = new SharedMap({
      cluster,
      name: 'people',
      schema: personThere,
      changed: (playerId, _nodeId, after, before, isGone) => {
        this.#stamp = Math.max(this.#stamp, after?.acting?.stamp ?? 0);
        changed(playerId, after, before, isGone);
      },
    });
  }

  /** Resolves when it is known who is at the other nodes. */
  get ready(): Promise<void> {
    return this.#map.ready;
  }

  nextStamp(): number {
    this.#stamp += 1;
    return this.#stamp;
  }

  /** A player's lines at this node, or that there are none. */
  note(playerId: string, person: PersonThere | undefined): void {
    if (person) this.#map.set(playerId, person);
    else this.#map.delete(playerId);
  }

  acting(playerId: string): ActingLine | undefined {
    let newest: ActingLine | undefined;
    for (const { nodeId, value } of this.#map.entries(playerId))
      if (value.acting && isLater({ nodeId, ...value.acting }, newest)) newest = { nodeId, ...value.acting };
    return newest;
  }

  isActingElsewhere(playerId: string): boolean {
    return this.#map.elsewhere(playerId).some(({ value }) => value.acting !== null);
  }

  /** Whether this node's acting line has to give way to one of another node. */
  hasGivenWay(playerId: string): boolean {
    const newest = this.acting(playerId);
    return newest !== undefined && newest.nodeId !== this.#own;
  }

  /** A player as he is in the lobby; undefined for who is not. The line that acts says so, without one all. */
  inLobby(playerId: string): (PersonThere & { readonly isElsewhere: boolean }) | undefined {
    const entries = this.#map.entries(playerId);
    const acting = this.acting(playerId);
    const speaking = acting ? entries.filter(({ nodeId }) => nodeId === acting.nodeId) : entries;
    const found = speaking.find(({ value }) => value.inLobby);
    return found && { ...found.value, isElsewhere: found.nodeId !== this.#own };
  }

  /** What another node whose lobby has the player says of his strength. */
  ratingElsewhere(playerId: string): number | undefined {
    return this.#map.elsewhere(playerId).find(({ value }) => value.inLobby)?.value.rating;
  }

  /** How far a player who acts at another node is from that one. */
  rttElsewhere(playerId: string): number | undefined {
    const acting = this.acting(playerId);
    const there = this.#map.elsewhere(playerId).find(({ nodeId }) => nodeId === acting?.nodeId);
    return there?.value.rttMs;
  }

  /** The other nodes that have lines of a player. */
  nodesElsewhere(playerId: string): string[] {
    return this.#map.elsewhere(playerId).map(({ nodeId }) => nodeId);
  }

  /** Of the nodes whose lines look on for a player one lets its own act: this one? */
  hasFirstOnlooker(playerId: string): boolean {
    return this.#map
      .elsewhere(playerId)
      .every(({ nodeId, value }) => value.onlookers === 0 || this.#own < nodeId);
  }
}

function isLater(one: ActingLine, other: ActingLine | undefined): boolean {
  if (!other || one.stamp !== other.stamp) return one.stamp > (other?.stamp ?? -1);
  return one.nodeId > other.nodeId;
}
