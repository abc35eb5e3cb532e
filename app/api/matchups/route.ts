import { getDb } from '@/server/db/client';
import { errorEnvelope } from '@/server/errors';
import { requireCharacter } from '@/server/game/frame-data';
import { readMatchup } from '@/server/game/matchups';
import { roomLogger } from '@/server/logger';

/** How two characters compare, and how their fights here ended: `?player1=1&player2=2`. */
export async function GET(request: Request): Promise<Response> {
  try {
    const query = new URL(request.url).searchParams;
    const player1 = requireCharacter(query.get('player1'), 'player1');
    const player2 = requireCharacter(query.get('player2'), 'player2');
    return Response.json(await readMatchup(getDb(), player1, player2));
  } catch (error) {
    const { status, body } = errorEnvelope(error);
    if (status === 500) roomLogger('api').error({ err: error }, 'a matchup could not be read');
    return Response.json(body, { status });
  }
}

export {
  readOnly as DELETE,
  readOnly as PATCH,
  readOnly as POST,
  readOnly as PUT,
  readOnlyOptions as OPTIONS,
} from '@/server/http/read-only';
