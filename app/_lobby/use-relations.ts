'use client';

import { useMemo } from 'react';
import type { RelationKind } from '@/proto/social';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { notify } from '../_ui/notices';
import type { Relations } from './select-people';

interface RelatedPlayer {
  readonly playerId: string;
  readonly playerName: string;
  readonly kinds: readonly RelationKind[];
}

const NOBODY: readonly RelatedPlayer[] = [];

const OPPOSITE: Partial<Record<RelationKind, RelationKind>> = { favourite: 'block', block: 'favourite' };

/** What the player has said about others, and a way to say it: shown at once, and taken back where it could not be kept. */
export function useRelations(): {
  /** By name. */
  readonly related: readonly RelatedPlayer[];
  readonly relations: Relations;
  set(
    player: { readonly playerId: string; readonly playerName: string },
    kind: RelationKind,
    on: boolean,
  ): void;
} {
  const utils = trpc.useUtils();
  const faultOf = useFault();
  const list = trpc.social.list.useQuery(undefined, { staleTime: 60_000 });
  const mutation = trpc.social.set.useMutation({
    onError: (error) => notify({ tone: 'bad', title: faultOf(error) ?? error.message }),
    onSettled: () => utils.social.list.invalidate(),
  });
  const relations = useMemo(
    () => new Map(list.data?.map(({ playerId, kinds }) => [playerId, new Set(kinds)])),
    [list.data],
  );
  return {
    related: list.data ?? NOBODY,
    relations,
    set(player, kind, on) {
      utils.social.list.setData(undefined, (known = []) => {
        const others = known.filter(({ playerId }) => playerId !== player.playerId);
        const now = known.find(({ playerId }) => playerId === player.playerId)?.kinds ?? [];
        const kinds = now.filter((one) => one !== kind && !(on && one === OPPOSITE[kind]));
        return [...others, { ...player, kinds: on ? [...kinds, kind] : kinds }];
      });
      mutation.mutate({ playerId: player.playerId, kind, on });
    },
  };
}
