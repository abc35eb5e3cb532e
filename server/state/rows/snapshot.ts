import {
  Prisma,
  type StoryEntity,
  type StoryItem,
  type StoryPlayer,
  type StoryRelation,
  type StorySession,
  type StoryTurn,
} from '../../db/generated/client';
import { readRows } from '../../db/read';
import { type AsJson, date, entityOf, itemOf, relationOf, sessionOf } from './as-json';
import { unknownSession } from './sessions';
import type { Tx } from './tx';

interface SnapshotRow {
  readonly session: AsJson<StorySession>;
  readonly player: AsJson<StoryPlayer>;
  readonly entities: readonly AsJson<StoryEntity>[];
  readonly items: readonly AsJson<StoryItem>[];
  readonly relations: readonly AsJson<StoryRelation>[];
  readonly turn: AsJson<StoryTurn>;
}

/** A session with everything in it, at one moment. */
export interface Snapshot {
  readonly session: StorySession;
  readonly player: StoryPlayer;
  readonly entities: readonly StoryEntity[];
  readonly items: readonly StoryItem[];
  readonly relations: readonly StoryRelation[];
  readonly turn: StoryTurn;
}

/** Reads all of a session in one statement, so that nobody's write comes between. @throws {AppError} NOT_FOUND */
export async function readSnapshot(db: Tx, id: string): Promise<Snapshot> {
  const [row] = await readRows<SnapshotRow>(
    db,
    Prisma.sql`
    select to_jsonb(s) as session, to_jsonb(p) as player, to_jsonb(t) as turn,
      (select coalesce(jsonb_agg(to_jsonb(e) order by e.ordinal), '[]') from "StoryEntity" e
        where e."sessionId" = s.id) as entities,
      (select coalesce(jsonb_agg(to_jsonb(i) order by i.ordinal), '[]') from "StoryItem" i
        where i."sessionId" = s.id) as items,
      (select coalesce(jsonb_agg(to_jsonb(r) order by r.ordinal), '[]') from "StoryRelation" r
        where r."sessionId" = s.id) as relations
    from "StorySession" s
      join "StoryPlayer" p on p."sessionId" = s.id
      join "StoryTurn" t on t."sessionId" = s.id and t.number = s.turn
    where s.id = ${id}::uuid`,
  );
  if (!row) throw unknownSession(id);
  const { session, player, turn, entities, items, relations } = row;
  return {
    session: sessionOf(session),
    player: { ...player, createdAt: date(player.createdAt), updatedAt: date(player.updatedAt) },
    turn: { ...turn, createdAt: date(turn.createdAt) },
    entities: entities.map(entityOf),
    items: items.map(itemOf),
    relations: relations.map(relationOf),
  };
}
