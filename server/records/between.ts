import { z } from 'zod';
import { FOUGHT_REASONS } from '../../proto/sessions';
import type { Db } from '../db/client';

/** Latest fights that are told one by one. */
const LATEST = 5;

/** What two players have fought out, from where one of them sees it. */
export const betweenView = z.object({
  won: z.int(),
  lost: z.int(),
  drawn: z.int(),
  latest: z.array(
    z.object({
      sessionId: z.string(),
      outcome: z.enum(['won', 'lost', 'drawn']),
      endedAt: z.date(),
      characterId: z.int(),
      opponentCharacterId: z.int(),
    }),
  ),
});

/** Ends that count; a dispute and a no contest are nobody's. */
const COUNTED = [...FOUGHT_REASONS, 'forfeit'];

interface Row {
  id: string;
  isFirst: boolean;
  winner: number;
  endedAt: Date;
  player1Character: number;
  player2Character: number;
}

/** @returns from where `selfId` sees it, newest first */
export async function findBetween(
  db: Db,
  selfId: string,
  otherId: string,
): Promise<z.input<typeof betweenView>> {
  const rows = await db.$queryRaw<Row[]>`
    select s."id", s."player1Id" = ${selfId} as "isFirst", r."winner", r."createdAt" as "endedAt",
      s."player1Character", coalesce(s."player2Character", 1) as "player2Character"
    from "MatchSession" s join "MatchResult" r on r."sessionId" = s."id"
    where ((s."player1Id" = ${selfId} and s."player2Id" = ${otherId})
        or (s."player1Id" = ${otherId} and s."player2Id" = ${selfId}))
      and r."reason" = any(${COUNTED})
    order by r."createdAt" desc limit 1000`;
  const outcomes = rows.map(outcomeOf);
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  return {
    won: count('won'),
    lost: count('lost'),
    drawn: count('drawn'),
    latest: rows.slice(0, LATEST).map((row) => ({
      sessionId: row.id,
      outcome: outcomeOf(row),
      endedAt: row.endedAt,
      characterId: row.isFirst ? row.player1Character : row.player2Character,
      opponentCharacterId: row.isFirst ? row.player2Character : row.player1Character,
    })),
  };
}

function outcomeOf({ winner, isFirst }: Row): 'won' | 'lost' | 'drawn' {
  if (winner === 0) return 'drawn';
  return (winner === 1) === isFirst ? 'won' : 'lost';
}
