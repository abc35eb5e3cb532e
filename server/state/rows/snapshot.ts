import type {
  StoryEntity,
  StoryItem,
  StoryPlayer,
  StoryRelation,
  StorySession,
  StoryTurn,
} from '../../db/generated/client';
import { unknownSession } from './sessions';
import type { Tx } from './tx';

/** JSON has no dates: the database writes them as UTC without a zone. */
type AsJson<T> = {
  readonly [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K];
};

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
  const [row] = await db.$queryRaw<SnapshotRow[]>`
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
    where s.id = ${id}::uuid`;
  if (!row) throw unknownSession(id);
  const { session, player, turn, entities, items, relations } = row;
  return {
    session: {
      ...session,
      startedAt: date(session.startedAt),
      endedAt: dateOrNull(session.endedAt),
      createdAt: date(session.createdAt),
      updatedAt: date(session.updatedAt),
    },
    player: { ...player, createdAt: date(player.createdAt), updatedAt: date(player.updatedAt) },
    turn: { ...turn, createdAt: date(turn.createdAt) },
    entities: entities.map((one) => ({ ...one, departedAt: dateOrNull(one.departedAt) })),
    items: items.map((one) => ({ ...one, acquiredAt: dateOrNull(one.acquiredAt) })),
    relations,
  };
}

function date(text: string): Date {
  return new Date(`${text}Z`);
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : date(text);
}
