import type { z } from 'zod/mini';
import type { calculateResponse } from '../../proto/rules';
import { ruleOnArcade } from './arcade-ruling';
import type { CalculateRequest } from './calculate-input';
import { ruleOnExchange } from './exchange-ruling';
import { ruleOnMatch } from './match-ruling';

export type Ruling = z.infer<typeof calculateResponse>;

/**
 * Rules on what a request tells, by simulating it: pure, the same request always gets the same ruling. Takes as long as the
 * simulation does, so not for a thread that others wait for (`simulators.ts`).
 */
export function calculate({ session_id, action_result }: CalculateRequest): Ruling {
  switch (action_result.kind) {
    case 'match':
      return ruleOnMatch(session_id, action_result);
    case 'arcade':
      return ruleOnArcade(session_id, action_result);
    case 'exchange':
      return ruleOnExchange(session_id, action_result);
  }
}
