import { CHARACTERS } from '@/engine/fighter/characters/roster';
import { characterSummary } from '@/server/game/frame-data';

/** Everyone who can fight. */
export function GET(): Response {
  return Response.json({ characters: CHARACTERS.map(characterSummary) });
}

export {
  readOnly as DELETE,
  readOnly as PATCH,
  readOnly as POST,
  readOnly as PUT,
  readOnlyOptions as OPTIONS,
} from '@/server/http/read-only';
