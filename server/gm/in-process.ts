import type { z } from 'zod';
import { type NarrativeResponse, narrativeRequest } from '../../proto/gm';
import { bundledLadders } from '../ladders/bundled';
import { LEVELS } from './levels';
import { createMemory } from './memory';
import { narrate } from './narrative';

/**
 * The director without a service around it: what a process says by itself while the game master is away. It remembers
 * nothing that matters, as whoever asks brings along what was said.
 */
export function createDirector(): (question: z.input<typeof narrativeRequest>) => Promise<NarrativeResponse> {
  const game = {
    memory: createMemory(),
    ladders: bundledLadders(),
    levels: LEVELS,
    model: undefined,
    onSaid: () => {},
  };
  return async (question) => narrate(game, narrativeRequest.parse(question));
}
