import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ServerEventName, ServerPayloads } from '../../proto/signaling-payloads';
import type { Cluster } from '../cluster/cluster';
import { CLASS_OF } from './classes';
import type { Connection } from './connection';
import { answers, type Lines } from './lines';
import type { People } from './people';

const POST = 'post';
const ANSWERS = 'answers';
/** A line has two seconds to answer (lines.ts), wherever it is. */
const ELSEWHERE_MS = 2_500;

const isEvent = (name: string): name is ServerEventName => Object.hasOwn(CLASS_OF, name);
const posted = z.object({
  playerId: z.string(),
  event: z.string().refine(isEvent),
  payload: z.custom<ServerPayloads[ServerEventName]>((value) => typeof value === 'object' && value !== null),
});

export interface PostOptions {
  readonly cluster: Cluster;
  readonly people: People;
  readonly lines: Lines;
  /** A match between the two begins, and one of them may be here. */
  matchAgreed(requesterId: string, accepterId: string): void;
  /** The player's lines here have been told that the match is over. */
  matchOver(playerId: string): void;
}

/** What sessions tell a player, brought to wherever his lines are. */
export class Post {
  readonly #options: PostOptions;

  constructor(options: PostOptions) {
    this.#options = options;
    const { cluster, lines } = options;
    cluster.bus.hear(POST, (data) => {
      const { playerId, event, payload } = posted.parse(data);
      this.#deliver(playerId, event, payload);
    });
    cluster.bus.answer(ANSWERS, async (data) => {
      const acting = lines.acting(z.string().parse(data));
      return acting !== undefined && (await answers(acting));
    });
  }

  send<E extends ServerEventName>(playerId: string, event: E, payload: ServerPayloads[E]): void {
    if (this.#options.cluster.nodes.isShared) this.#sendElsewhere(playerId, event, payload);
    this.#deliver(playerId, event, payload);
  }

  #sendElsewhere(playerId: string, event: ServerEventName, payload: ServerPayloads[ServerEventName]): void {
    const { cluster, people } = this.#options;
    const acting = people.acting(playerId)?.nodeId;
    // Pages that look on are to know of the end, too.
    const others = event === 'match_ended' ? people.nodesElsewhere(playerId) : [acting];
    for (const nodeId of others)
      if (nodeId !== undefined && nodeId !== cluster.nodes.own)
        cluster.bus.tell(nodeId, POST, { playerId, event, payload });
  }

  /** Whether the line that acts for a player, if there is one, still answers, wherever it is. */
  async answers(playerId: string): Promise<boolean | undefined> {
    const { cluster, people, lines } = this.#options;
    const own: Connection | undefined = lines.acting(playerId);
    if (own) return answers(own);
    const there = people.acting(playerId);
    if (!there) return undefined;
    // A node that does not answer has no line that does.
    const asked = cluster.bus.ask(there.nodeId, ANSWERS, playerId).then(
      (answer) => answer === true,
      () => false,
    );
    return Promise.race([asked, delay(ELSEWHERE_MS, false, { ref: false })]);
  }

  #deliver(playerId: string, event: ServerEventName, payload: ServerPayloads[ServerEventName]): void {
    const { lines, matchAgreed, matchOver } = this.#options;
    lines.acting(playerId)?.outbox.send({ event, payload });
    if ('accepterId' in payload && payload.requesterId !== undefined)
      matchAgreed(payload.requesterId, payload.accepterId);
    if (event !== 'match_ended') return;
    // So that their pages know that the fight is over.
    for (const { outbox } of lines.onlookers(playerId)) outbox.send({ event, payload });
    matchOver(playerId);
  }
}
