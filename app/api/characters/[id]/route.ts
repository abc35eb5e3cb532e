import { errorEnvelope } from '@/server/errors';
import { characterView, requireCharacter } from '@/server/game/frame-data';

/** One character with its frame data. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  try {
    return Response.json(characterView(requireCharacter((await params).id, 'id')));
  } catch (error) {
    const { status, body } = errorEnvelope(error);
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
