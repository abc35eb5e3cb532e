'use client';

import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { trpc } from '../_lib/trpc';
import type { FighterCard } from '../_ui/fighters';
import { rememberFighter } from '../_ui/remembered-fighter';
import { Fault } from '../_ui/states';
import { FighterSelect } from './fighter-select';
import { useRefusal } from './use-refusal';

/** What the corner of the poster needs to let somebody act. */
export interface MyFighterProps {
  readonly tournament: TournamentView;
  readonly myPlayerId: string | undefined;
  readonly fighters: readonly FighterCard[];
  readonly onChanged: () => void;
}

/** With whom an entrant fights from the next fight on. */
export function MyFighter({
  tournament: { tournamentId, entrants, may },
  myPlayerId,
  fighters,
  onChanged,
}: MyFighterProps) {
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
