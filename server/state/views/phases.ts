import { z } from 'zod';
import type { StoryPhase } from '../../db/generated/client';
import { PHASE_NAMES } from '../phases';
import { isoTime } from '../times';

export const phaseShort = z.object({
  previous_phase: z.enum(PHASE_NAMES).nullable(),
  new_phase: z.enum(PHASE_NAMES),
  turn_at_transition: z.number(),
  transition_reason: z.string().nullable(),
  transitioned_at: z.string(),
});

export function viewPhaseShort({ previous, phase, turn, reason, at }: StoryPhase) {
  return {
    previous_phase: previous,
    new_phase: phase,
    turn_at_transition: turn,
    transition_reason: reason,
    transitioned_at: isoTime(at),
  };
}

export const phaseLong = phaseShort.extend({ phase_id: z.string(), session_id: z.string() });

export function viewPhase(row: StoryPhase) {
  return { phase_id: row.id, session_id: row.sessionId, ...viewPhaseShort(row) };
}
