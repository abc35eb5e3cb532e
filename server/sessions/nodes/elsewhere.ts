import { z } from 'zod';

/** What the other nodes have to know of a session that one leads. */
export const sessionElsewhere = z.object({
  players: z.tuple([z.string(), z.string()]),
  /** Which connection acts for each, once the match is agreed. */
  clients: z.tuple([z.string().nullable(), z.string().nullable()]),
  source: z.string().nullable(),
  /** Both are taken. */
  isActive: z.boolean(),
});
export type SessionElsewhere = z.infer<typeof sessionElsewhere>;

interface Led {
  readonly sessionId: string;
  readonly nodeId: string;
  readonly session: SessionElsewhere;
}

/** The sessions that others lead, by their players. */
export class SessionsElsewhere {
  readonly #byPlayer = new Map<string, Map<string, Led>>();

  changed(sessionId: string, nodeId: string, after?: SessionElsewhere, before?: SessionElsewhere): void {
    for (const playerId of before?.players ?? []) {
      const own = this.#byPlayer.get(playerId);
      // A session that was taken over may be said by its new node before the old one's word is gone.
      if (own?.get(sessionId)?.nodeId === nodeId) own.delete(sessionId);
      if (own?.size === 0) this.#byPlayer.delete(playerId);
    }
    for (const playerId of after?.players ?? []) {
      const own = this.#byPlayer.get(playerId) ?? new Map<string, Led>();
      this.#byPlayer.set(playerId, own);
      if (after) own.set(sessionId, { sessionId, nodeId, session: after });
    }
  }

  /** The match that takes this player, if any. */
  matchOf(playerId: string) {
    for (const { sessionId, session } of this.#byPlayer.get(playerId)?.values() ?? []) {
      if (!session.isActive) continue;
      const { players, clients, source } = session;
      return { sessionId, clientId: clients[players[0] === playerId ? 0 : 1], source };
    }
    return undefined;
  }

  /** The nodes where requests of this player or to him are. */
  requestsOf(playerId: string): string[] {
    const nodes = new Set<string>();
    for (const { nodeId, session } of this.#byPlayer.get(playerId)?.values() ?? [])
      if (!session.isActive) nodes.add(nodeId);
    return [...nodes];
  }
}
