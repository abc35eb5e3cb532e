import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/server/trpc/root';
import { unpackStory } from '../../proto/wire-report';
import type { TellerStory, Tellers } from './diagnose';

/** The line of a fight, as the server gives it. */
export type Wire = inferRouterOutputs<AppRouter>['match']['wire'];

/** What both told, out of its rows. */
export function tellersOf({ stories: [one, two] }: Wire): Tellers {
  return [read(one), read(two)];
}

function read(story: Wire['stories'][number]): TellerStory | undefined {
  return story ? { ...unpackStory(story), isLast: story.isLast } : undefined;
}

/** What the two are called where a page speaks of them: the viewer knows at once who is meant. */
export function calledOf(
  { players, viewerSide }: Wire,
  you: (name: string) => string,
): readonly [string, string] {
  const called = (side: 1 | 2) => {
    const name = players[side - 1]?.playerName ?? '';
    return side === viewerSide ? you(name) : name;
  };
  return [called(1), called(2)];
}
