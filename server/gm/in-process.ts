import type { z } from 'zod';
import { type NarrativeResponse, narrativeRequest } from '../../proto/gm';
import type { Scenario } from '../../proto/scenario';
import type { Ladder as LadderText } from '../../proto/scenario-steps';
import type { Ladders } from '../ladders/ladders';
import { LEVELS } from './levels';
import { createMemory } from './memory';
import { narrate } from './narrative';

/** A scenario that is a ladder. */
interface Spoken {
  readonly scenario: Scenario;
  readonly ladder: LadderText;
}

/**
 * The director without a service around it: what a process says by itself while the game master is away, and for ladders
 * that no game master knows. It remembers nothing that matters, as whoever asks brings along what was said.
 */
export function createDirector(): (
  question: z.input<typeof narrativeRequest>,
  ladder: Spoken,
) => Promise<NarrativeResponse> {
  const common = { memory: createMemory(), levels: LEVELS, model: undefined, onSaid: () => {} };
  return async (question, ladder) =>
    narrate({ ...common, ladders: only(ladder) }, narrativeRequest.parse(question));
}

/** The one ladder that is spoken of. */
function only({ scenario, ladder }: Spoken): Ladders {
  const { title } = scenario;
  const one = { id: title, title, character: ladder.character, scenario, ladder };
  return { all: [one], byCharacter: () => one, byTitle: () => one, byId: () => one };
}
