'use client';

import { useTranslations } from 'next-intl';
import { wayBack } from '../_lib/way-back';
import type { ActiveMatch } from '../_line/arcade-state';
import { ButtonLink } from '../_ui/button';

type MatchSource = NonNullable<ActiveMatch['source']>;

const OTHERWISE = {
  tournament: '/tournaments',
  room: '/rooms',
  quick_match: '/lobby',
  invite: '/lobby',
} as const satisfies Record<MatchSource, string>;

/** After a fight that the arcade arranged: back to where it came from, as whom one fights next is decided there. */
export function WayBack({ source }: { source: MatchSource }) {
  const t = useTranslations('play.wayBack');
  const back = wayBack();
  const isOfSource = back?.startsWith(`${OTHERWISE[source]}/`);
  return (
    <ButtonLink tone="gold" href={isOfSource && back ? back : OTHERWISE[source]}>
      {t(source)}
    </ButtonLink>
  );
}
