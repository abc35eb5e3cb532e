import { z } from 'zod';
import { MAX_SCENARIO_ID } from '../../../proto/scenario';
import { MAX_PAGE } from '../limits';
import { PHASE_NAMES } from '../phases';

/** What several routes take, with its bounds (STATE-12). */

/** Any UUID of a database, whoever made it; unlike RFC 9562's its version is not looked at. */
export const uuid = z.guid().toLowerCase();

/** How somebody or something of a session is called: an instance's UUID, a scenario id, or `player`. */
export const entityName = z.string().min(1).max(MAX_SCENARIO_ID);

export const int32 = z.int().min(-2_147_483_648).max(2_147_483_647);
/** Number of an act or a sequence. */
export const ordinal = z.int().min(1).max(1_000_000);
export const storyId = z.string().min(1).max(MAX_SCENARIO_ID);
export const location = z.string().min(1).max(200);
export const phase = z.enum(PHASE_NAMES);

/** Numbers by name, in small. */
export const changes = z
  .record(z.string().min(1).max(50), int32)
  .refine((value) => Object.keys(value).length <= 50, 'at most 50 names');

/** In a query numbers and switches are text. */
export const queryInt = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
export const queryFlag = z.stringbool();

/** The part of a list that is wanted. */
export const page = {
  skip: queryInt(0, 1_000_000).default(0),
  limit: queryInt(1, MAX_PAGE).default(MAX_PAGE),
};
/** Number of a turn. */
export const turnNumber = queryInt(0, 1_000_000);
