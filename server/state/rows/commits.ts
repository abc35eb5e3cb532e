import { randomUUID } from 'node:crypto';
import {
  Prisma,
  type StoryCommit,
  type StoryEntity,
  type StoryItem,
  type StoryPlayer,
  type StoryRelation,
  type StorySession,
} from '../../db/generated/client';
import { readRows } from '../../db/read';
import type { PlayerNumbers } from '../player-numbers';
import { type AsJson, entityOf, relationOf } from './as-json';
import { isInstanceId } from './entities';
import type { TurnText } from './turns';
import type { Tx } from './tx';

/** What a commit is decided on, as it stands in the database. */
export interface CommitRows {
  /** The commit under the same key, if it was made before. */
  readonly known: StoryCommit | null;
  readonly player: Pick<StoryPlayer, keyof PlayerNumbers>;
  /** Those whom the names mean, oldest first. */
  readonly entities: readonly StoryEntity[];
  readonly items: readonly Pick<StoryItem, 'id' | 'scenarioItemId'>[];
  /** Those between any two of the player, the entities and the items, oldest first. */
  readonly relations: readonly StoryRelation[];
}

/** Reads all that a commit needs in one statement; the session is locked already. */
export async function readForCommit(
  tx: Tx,
  { id, playerId }: Pick<StorySession, 'id' | 'playerId'>,
  named: { readonly key: string; readonly entities: readonly string[]; readonly items: readonly string[] },
): Promise<CommitRows> {
  const [row] = await readRows<
    Omit<CommitRows, 'entities' | 'relations'> & {
      readonly entities: readonly AsJson<StoryEntity>[];
      readonly relations: readonly AsJson<StoryRelation>[];
    }
  >(
    tx,
    Prisma.sql`
      with entities as (
        select * from "StoryEntity" where "sessionId" = ${id}::uuid
          and (id = any(${named.entities.filter(isInstanceId)}::uuid[])
            or "scenarioEntityId" = any(${[...named.entities]}::text[]))),
      items as (
        select id, "scenarioItemId", ordinal from "StoryItem" where "sessionId" = ${id}::uuid
          and (id = any(${named.items.filter(isInstanceId)}::uuid[])
            or "scenarioItemId" = any(${[...named.items]}::text[]))),
      ends as (
        select ${playerId}::uuid as id union all select id from entities union all select id from items)
      select
        (select to_jsonb(c) from "StoryCommit" c
          where c."sessionId" = ${id}::uuid and c.key = ${named.key}) as known,
        (select to_jsonb(p) from "StoryPlayer" p where p.id = ${playerId}::uuid) as player,
        (select coalesce(jsonb_agg(to_jsonb(e) order by e.ordinal), '[]') from entities e) as entities,
        (select coalesce(jsonb_agg(to_jsonb(i) order by i.ordinal), '[]') from items i) as items,
        (select coalesce(jsonb_agg(to_jsonb(r) order by r.ordinal), '[]') from "StoryRelation" r
          where r."sessionId" = ${id}::uuid
            and r."fromId" in (select id from ends) and r."toId" in (select id from ends)) as relations`,
  );
  if (!row) throw new Error('One row was asked for.');
  return { ...row, entities: row.entities.map(entityOf), relations: row.relations.map(relationOf) };
}

/** What a commit writes besides relations. */
export interface CommitWrites {
  readonly key: string;
  readonly fingerprint: string;
  readonly answer: Prisma.InputJsonObject;
  readonly turn: TurnText & { readonly number: number };
  /** As they then are; undefined when they stay. */
  readonly player: PlayerNumbers | undefined;
  readonly entities: readonly { readonly id: string; readonly hp: number; readonly state: object }[];
  /** Where the session then stands. */
  readonly place: Pick<StorySession, 'act' | 'sequence' | 'actId' | 'sequenceId' | 'location'>;
}

/** Writes a commit in one statement; the session is locked already. */
export async function writeCommit(
  tx: Tx,
  { id, playerId, phase }: Pick<StorySession, 'id' | 'playerId' | 'phase'>,
  { key, fingerprint, answer, turn, player, entities, place }: CommitWrites,
  now: Date,
): Promise<void> {
  const at = Prisma.sql`${now}::timestamp(3)`;
  const parts = [
    Prisma.sql`turn as (
      insert into "StoryTurn" (id, "sessionId", number, phase, type, "stateChanges", "createdAt")
      values (${randomUUID()}::uuid, ${id}::uuid, ${turn.number}, ${phase}::"StoryPhaseName", ${turn.type},
        ${JSON.stringify(turn.stateChanges)}::jsonb, ${at}))`,
    Prisma.sql`made as (
      insert into "StoryCommit" ("sessionId", key, fingerprint, answer)
      values (${id}::uuid, ${key}, ${fingerprint}, ${JSON.stringify(answer)}::jsonb))`,
  ];
  if (player)
    parts.push(Prisma.sql`player as (
      update "StoryPlayer" set hp = ${player.hp}, mp = ${player.mp}, san = ${player.san},
        stats = ${JSON.stringify(player.stats)}::jsonb, "updatedAt" = ${at} where id = ${playerId}::uuid)`);
  if (entities.length > 0)
    parts.push(Prisma.sql`entities as (
      update "StoryEntity" e set hp = new.hp, state = new.state
      from jsonb_to_recordset(${JSON.stringify(entities)}::jsonb) as new(id uuid, hp int, state jsonb)
      where e.id = new.id)`);
  await tx.$executeRaw`with ${Prisma.join(parts)}
    update "StorySession" set turn = ${turn.number}, act = ${place.act}, sequence = ${place.sequence},
      "actId" = ${place.actId}, "sequenceId" = ${place.sequenceId}, location = ${place.location},
      "updatedAt" = ${at}
    where id = ${id}::uuid`;
}
