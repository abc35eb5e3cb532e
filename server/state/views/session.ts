import { z } from 'zod';
import type { Scenario, StorySession } from '../../db/generated/client';
import { progressPercentage } from '../numbers';
import { PHASE_NAMES } from '../phases';
import { isoTime, isoTimeOrNull } from '../times';

export const scenarioInfo = z.object({
  scenario_id: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export function viewScenario({ id, title, description, createdAt, updatedAt }: Scenario) {
  return {
    scenario_id: id,
    title,
    description,
    created_at: isoTime(createdAt),
    updated_at: isoTime(updatedAt),
  };
}

export const sessionInfo = z.object({
  session_id: z.string(),
  scenario_id: z.string(),
  user_id: z.union([z.string(), z.number()]).nullable(),
  player_id: z.string(),
  current_act: z.number(),
  current_sequence: z.number(),
  current_act_id: z.string(),
  current_sequence_id: z.string(),
  current_phase: z.enum(PHASE_NAMES),
  current_turn: z.number(),
  location: z.string(),
  status: z.enum(['active', 'paused', 'ended']),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export function viewSession(row: StorySession) {
  return {
    session_id: row.id,
    scenario_id: row.scenarioId,
    user_id: row.userIdIsNumber && row.userId !== null ? Number(row.userId) : row.userId,
    player_id: row.playerId,
    current_act: row.act,
    current_sequence: row.sequence,
    current_act_id: row.actId,
    current_sequence_id: row.sequenceId,
    current_phase: row.phase,
    current_turn: row.turn,
    location: row.location,
    status: row.status,
    started_at: isoTime(row.startedAt),
    ended_at: isoTimeOrNull(row.endedAt),
    created_at: isoTime(row.createdAt),
    updated_at: isoTime(row.updatedAt),
  };
}

export const progress = z.object({
  current_act: z.number(),
  current_sequence: z.number(),
  current_turn: z.number(),
  current_phase: z.enum(PHASE_NAMES),
  location: z.string(),
  progress_percentage: z.string(),
});

export function viewProgress({ act, sequence, turn, phase, location }: StorySession) {
  return {
    current_act: act,
    current_sequence: sequence,
    current_turn: turn,
    current_phase: phase,
    location,
    progress_percentage: progressPercentage(act, sequence),
  };
}
