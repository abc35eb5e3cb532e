import type { z } from 'zod/mini';
import { GAME_FACTS } from '../../engine/fighter/game-facts';
import type { REFUSALS, ValidateResponse, validateRequest } from '../../proto/rules';
import { scenario } from '../../proto/scenario';
import { checkScenario, type Issue } from '../../proto/scenario-check';
import { actionData } from './action-data';
import { isKnownAction, missingFor, refusalOf } from './actions';
import { checkCharacter } from './check-character';
import { issuePath } from './issues';

export type ValidateRequest = z.infer<typeof validateRequest>;

/** At most so many are told. */
const MAX_ISSUES = 200;

/**
 * Whether an action may happen now, by what the request tells of the session; for scenarios and characters, everything
 * that is wrong with them. Whatever is sent, the answer is a ruling: pure, and it never throws (RULES-2).
 */
export function validateAction({ session_id, action_type, action_data }: ValidateRequest): ValidateResponse {
  const answer = (
    reason: (typeof REFUSALS)[number] | null,
    message: string | null,
    issues?: readonly Issue[],
  ) => ({
    session_id,
    allowed: reason === null,
    reason,
    message,
    ...(issues ? { issues: issues.slice(0, MAX_ISSUES) } : {}),
  });
  const judged = (what: string, issues: readonly Issue[]) =>
    issues.length === 0
      ? answer(null, null, [])
      : answer('invalid', `The ${what} has ${issues.length} faults.`, issues);

  if (action_type === 'scenario') return judged('scenario', issuesOfScenario(action_data.scenario));
  if (action_type === 'character') return judged('character', checkCharacter(action_data.character));
  if (!isKnownAction(action_type)) return answer('unknown_action', 'No rule knows this action.');
  const parsed = actionData.safeParse(action_data);
  if (!parsed.success)
    return answer(
      'malformed',
      'action_data is not as it has to be.',
      parsed.error.issues.map(({ path, message }) => ({ path: issuePath(path), message })),
    );
  const missing = missingFor(action_type, parsed.data);
  if (missing.length > 0)
    return answer(
      'malformed',
      `${action_type} can't be judged without ${missing.join(', ')}.`,
      missing.map((path) => ({ path, message: 'needed' })),
    );
  const refusal = refusalOf(action_type, parsed.data);
  return refusal ? answer(refusal.reason, refusal.message) : answer(null, null);
}

/** What is wrong with a scenario as somebody sent it. */
function issuesOfScenario(sent: unknown): Issue[] {
  const parsed = scenario.safeParse(sent);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => ({ path: issuePath(path), message }));
  return checkScenario(parsed.data, GAME_FACTS);
}
