import { z } from 'zod';
import type { StoryTurn } from '../../db/generated/client';
import { PHASE_NAMES } from '../phases';
import { readObject } from '../rows/json';
import { isoTime } from '../times';

export const turnShort = z.object({
  turn_number: z.number(),
  phase_at_turn: z.enum(PHASE_NAMES),
  turn_type: z.string(),
  state_changes: z.record(z.string(), z.unknown()),
  created_at: z.string(),
});

export function viewTurnShort({ number, phase, type, stateChanges, createdAt }: StoryTurn) {
  return {
    turn_number: number,
    phase_at_turn: phase,
    turn_type: type,
    state_changes: readObject(stateChanges),
    created_at: isoTime(createdAt),
  };
}

export const turnLong = turnShort.extend({ turn_id: z.string(), session_id: z.string() });

export function viewTurn(row: StoryTurn) {
  return { turn_id: row.id, session_id: row.sessionId, ...viewTurnShort(row) };
}

/** Where a session's turn stands. */
export const turnNow = z.object({
  session_id: z.string(),
  current_turn: z.number(),
  phase_at_turn: z.enum(PHASE_NAMES),
  turn_type: z.string(),
  created_at: z.string(),
});

export function viewTurnNow({ sessionId, number, phase, type, createdAt }: StoryTurn) {
  return {
    session_id: sessionId,
    current_turn: number,
    phase_at_turn: phase,
    turn_type: type,
    created_at: isoTime(createdAt),
  };
}
