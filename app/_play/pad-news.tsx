'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { PadInfo, Pads } from '../_match/devices/pads';
import { padName } from './pad-name';

/** A word about a pad stands this long. */
const SHOWN_MS = 6_000;

interface News {
  readonly kind: 'connected' | 'gone' | 'unknown';
  readonly id: string;
}

/** Tells, seen and heard, which pad came, went, or can't be understood. */
export function PadNews({ pads }: { pads: Pads | undefined }) {
  const t = useTranslations('play.pads');
  const [news, setNews] = useState<News>();

  useEffect(() => {
    if (!pads) return;
    // A pad that was there before needs a word only if it can't be played with.
    let known = pads.connected.get().filter(({ layout }) => layout !== 'unknown');
    const onChange = () => {
      const next = pads.connected.get();
      setNews((old) => newsOf(known, next) ?? old);
      known = [...next];
    };
    onChange();
    return pads.connected.subscribe(onChange);
  }, [pads]);

  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => setNews(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);

  return (
    <p
      role="status"
      className="pad-news pointer-events-none absolute inset-x-4 top-[24%] z-20 mx-auto w-fit border-2 border-edge bg-ground/95 px-4 py-2 font-semibold empty:hidden"
    >
      {news ? t(`news.${news.kind}`, { name: padName(news.id) || t('pad') }) : null}
    </p>
  );
}

/** What changed; undefined when there is nothing to tell. */
function newsOf(before: readonly PadInfo[], now: readonly PadInfo[]): News | undefined {
  const isIn = (list: readonly PadInfo[], pad: PadInfo) =>
    list.some(({ index, id }) => index === pad.index && id === pad.id);
  const fresh = now.find((pad) => !isIn(before, pad));
  if (fresh) return { kind: fresh.layout === 'unknown' ? 'unknown' : 'connected', id: fresh.id };
  const gone = before.find((pad) => !isIn(now, pad));
  return gone ? { kind: 'gone', id: gone.id } : undefined;
}
