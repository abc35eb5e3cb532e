import type { Db } from '../../db/client';
import { type RefusalReason, refusal } from '../refusals';
import { type EventFacts, registration } from './hold';
import type { Tx } from './rows';

/** All that decides whether somebody may have a seat, as it is at one moment. */
export interface Outlook extends EventFacts {
  readonly seats: number;
  readonly fee: number;
  /** Held or confirmed; holds whose time is over don't count. */
  readonly taken: number;
  readonly isKnown: boolean;
  readonly isTokenUsed: boolean;
  readonly hasSeat: boolean;
  /** Disqualified or withdrawn. */
  readonly isOut: boolean;
}

export interface Applicant {
  readonly eventId: string;
  readonly userId: string;
  readonly tokenId: string | undefined;
}

/** One statement, and so one snapshot. @throws no_event */
export async function readOutlook(
  db: Db | Tx,
  { eventId, userId, tokenId }: Applicant,
  now: Date,
): Promise<Outlook> {
  const [row] = await db.$queryRaw<Outlook[]>`
    SELECT t."status"::text AS "status", t."opensAt", t."closesAt", t."startsAt", t."pausedAt", t."seats", t."fee",
      count(r."id")::int AS "taken",
      coalesce(bool_or(r."userId" = ${userId}), false) AS "hasSeat",
      EXISTS (SELECT FROM "User" u WHERE u."id" = ${userId}) AS "isKnown",
      EXISTS (SELECT FROM "Reservation" x WHERE x."tokenId" = ${tokenId ?? null}) AS "isTokenUsed",
      EXISTS (SELECT FROM "Entrant" e WHERE e."tournamentId" = t."id" AND e."userId" = ${userId}
        AND e."outBecause" IS NOT NULL) AS "isOut"
    FROM "Tournament" t LEFT JOIN "Reservation" r ON r."eventId" = t."id"
      AND (r."status" = 'confirmed' OR (r."status" = 'hold' AND r."holdExpiresAt" > ${now}))
    WHERE t."id" = ${eventId} GROUP BY t."id"`;
  if (!row) throw refusal('no_event', 'Event not found: there is no tournament of this id.');
  return row;
}

const WORDS = {
  no_user: 'User not found.',
  bad_token: 'The reservation token is used up.',
  has_seat: 'Conflict: this person has a seat of this event.',
  too_late: 'Conflict: this person is out of this event.',
  not_open: 'Conflict: registration is not open.',
  paused: 'Conflict: the event is paused.',
  full: 'Conflict: no seats left.',
} as const satisfies Partial<Record<RefusalReason, string>>;

type Reason = keyof typeof WORDS;
const isReason = (reason: RefusalReason): reason is Reason => Object.hasOwn(WORDS, reason);

/** Why somebody can't have a seat; undefined when there is one. */
function whyNot(outlook: Outlook, now: Date): Reason | undefined {
  if (!outlook.isKnown) return 'no_user';
  if (outlook.isTokenUsed) return 'bad_token';
  if (outlook.hasSeat) return 'has_seat';
  if (outlook.isOut) return 'too_late';
  const open = registration(outlook, now);
  if (open !== 'open') return isReason(open.refused) ? open.refused : 'not_open';
  return outlook.taken < outlook.seats ? undefined : 'full';
}

export const refused = (reason: Reason, options: { readonly cause?: unknown } = {}) =>
  refusal(reason, WORDS[reason], options);

/** @throws no_user, bad_token, has_seat, too_late, not_open, paused, full */
export function assertMayHave(outlook: Outlook, now: Date): void {
  const reason = whyNot(outlook, now);
  if (reason) throw refused(reason);
}
