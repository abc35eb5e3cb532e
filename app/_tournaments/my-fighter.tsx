'use client';

import type { TournamentView } from '@/server/tournaments/views';
import { trpc } from '../_lib/trpc';
import type { FighterCard } from '../_ui/fighters';
import { rememberFighter } from '../_ui/remembered-fighter';
import { Fault } from '../_ui/states';
import { FighterSelect } from './fighter-select';
import { useRefusal } from './use-refusal';

/** With whom an entrant fights from the next fight on. */
export function MyFighter({
  tournament: { tournamentId, entrants, may },
  myPlayerId,
  fighters,
  onChanged,
}: {
  tournament: TournamentView;
  myPlayerId: string | undefined;
  fighters: readonly FighterCard[];
  onChanged: () => void;
}) {
  const wordsOf = useRefusal();
  const choose = trpc.tournament.chooseFighter.useMutation({ onSettled: onChanged });
  const mine = entrants.find(({ playerId }) => playerId === myPlayerId);
  if (!mine || !may.includes('chooseFighter')) return null;
  const chosen = choose.isPending ? choose.variables.characterId : mine.characterId;
  return (
    <>
      {choose.error ? <Fault title={wordsOf(choose.error)} /> : null}
      <FighterSelect
        fighters={fighters}
        value={chosen}
        onChange={(characterId) => {
          rememberFighter(characterId);
          choose.mutate({ tournamentId, characterId });
        }}
      />
    </>
  );
}
