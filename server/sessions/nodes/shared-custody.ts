import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cluster } from '../../cluster/cluster';
import { SharedMap } from '../../cluster/shared-map';
import { AppError } from '../../errors';
import type { Custody } from '../custody';
import type { LiveSession } from '../live';
import { isActive } from '../transitions';
import { type SessionElsewhere, SessionsElsewhere, sessionElsewhere } from './elsewhere';

/** A session is over, as another node found than the one that leads it. */
const OVER = 'session-over';

export interface SharedCustody extends Custody {
  /** Resolves when it is known what the others lead. */
  readonly ready: Promise<void>;
  readonly elsewhere: SessionsElsewhere;
  /** Takes a session whose node is gone. @returns the node that leads it now @throws {AppError} UNAVAILABLE */
  claim(sessionId: string): Promise<string>;
  /** The other node that leads it, as far as known here. */
  leaderElsewhere(sessionId: string): string | undefined;
  letGo(sessionId: string): void;
  /** All that this process leads. */
  held(): readonly string[];
}

/** While the others may believe that this node is gone, or it does not know yet what they took over. */
export const outOfReach = (): AppError =>
  new AppError(
    'UNAVAILABLE',
    'The arcade’s nodes can not reach each other right now. Try again in a moment.',
  );

/** Which sessions this node leads, told to all others. */
export function createSharedCustody({
  cluster,
  changed,
  buried,
}: {
  readonly cluster: Cluster;
  /** What another node leads is otherwise. */
  changed(session: SessionElsewhere): void;
  /** A session that this node leads is over. */
  buried(sessionId: string): void;
}): SharedCustody {
  const { nodes, bus, ownership } = cluster;
  const held = new Set<string>();
  const elsewhere = new SessionsElsewhere();
  const map = new SharedMap<SessionElsewhere>({
    cluster,
    name: 'sessions',
    schema: sessionElsewhere,
    changed(sessionId, nodeId, after, before) {
      elsewhere.changed(sessionId, nodeId, after, before);
      for (const session of [before, after]) if (session) changed(session);
    },
  });

  function letGo(sessionId: string): void {
    if (!held.delete(sessionId)) return;
    map.delete(sessionId);
    ownership.release(sessionId);
  }

  bus.hear(OVER, (data) => {
    const sessionId = z.string().parse(data);
    if (!held.has(sessionId)) return;
    buried(sessionId);
    letGo(sessionId);
  });

  async function claim(sessionId: string): Promise<string> {
    if (!nodes.isCounted) throw outOfReach();
    const owner = await ownership.claim(sessionId);
    if (owner === nodes.own) held.add(sessionId);
    return owner;
  }

  return {
    ready: map.ready,
    elsewhere,
    claim,
    letGo,
    async begin(make) {
      const sessionId = randomUUID();
      await claim(sessionId);
      try {
        return await make(sessionId);
      } catch (error) {
        letGo(sessionId);
        throw error;
      }
    },
    holds: (sessionId) => held.has(sessionId),
    noted({ id, row }: LiveSession) {
      map.set(id, {
        players: [row.player1Id, row.player2Id],
        clients: [row.player1Client, row.player2Client],
        source: row.source,
        isActive: isActive(row.status),
      });
    },
    over(sessionId) {
      if (held.has(sessionId)) letGo(sessionId);
      else if (map.elsewhere(sessionId).length > 0) bus.tellAll(OVER, sessionId);
    },
    leaderElsewhere: (sessionId) => map.elsewhere(sessionId)[0]?.nodeId,
    held: () => [...held],
  };
}
