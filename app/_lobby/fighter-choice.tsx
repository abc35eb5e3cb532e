'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { cx } from '../_ui/cx';
import type { FighterCard } from '../_ui/fighters';
import { FighterPortrait } from './fighter-portrait';

/** The fighter you send into the ring, as small posters in a row; arrow keys move between them. */
export function FighterChoice({
  fighters,
  value,
  onChange,
}: {
  fighters: readonly FighterCard[];
  value: number;
  onChange: (id: number) => void;
}) {
  const t = useTranslations('fighters');
  const chosen = fighters.find((fighter) => fighter.id === value);
  return (
    <fieldset>
      <legend className="sr-only">{t('choose')}</legend>
      <div className="grid grid-cols-2 gap-3">
        {fighters.map((fighter) => (
          <label key={fighter.id} className="relative cursor-pointer">
            <input
              type="radio"
              name="fighter"
              value={fighter.id}
              checked={fighter.id === value}
              onChange={() => onChange(fighter.id)}
              className="peer sr-only"
            />
            <FighterPoster fighter={fighter} isChosen={fighter.id === value} />
          </label>
        ))}
      </div>
      <p className="mt-3 min-h-12 text-quiet">{chosen?.blurb}</p>
      {chosen ? (
        <Link href={`/moves/${chosen.slug}`} className="link mt-1 inline-block font-semibold">
          {t('moves', { name: chosen.name })}
        </Link>
      ) : null}
    </fieldset>
  );
}

/** A fighter's poster: their glyph behind them, and the paper turned over when they are chosen. */
function FighterPoster({ fighter, isChosen }: { fighter: FighterCard; isChosen: boolean }) {
  const t = useTranslations('fighters');
  return (
    <span
      className={cx(
        'sheet relative flex aspect-[4/5] flex-col max-lg:aspect-square justify-end overflow-hidden p-3 peer-focus-visible:outline-3 peer-focus-visible:outline-offset-3 peer-focus-visible:outline-(--focus)',
        isChosen && 'sheet-lifted border-text bg-text text-ground',
      )}
    >
      <span
        aria-hidden="true"
        className={cx(
          'tone absolute top-[0.02em] right-[0.08em] font-poster text-[7.5rem] leading-[1.15]',
          isChosen ? 'text-ground/35' : 'text-edge',
        )}
      >
        {fighter.glyph}
      </span>
      <FighterPortrait characterId={fighter.id} isChosen={isChosen} />
      <span
        aria-hidden="true"
        className={cx(
          'fade-down-fine fade-up absolute inset-x-0 bottom-10 h-[72px]',
          isChosen ? 'bg-text' : 'bg-raised',
        )}
      />
      <span
        aria-hidden="true"
        className={cx('absolute inset-x-0 bottom-0 h-10', isChosen ? 'bg-text' : 'bg-raised')}
      />
      <span className="relative font-poster text-heading uppercase">{fighter.name}</span>
      <span className="relative text-data font-semibold">{t(`archetype.${fighter.archetype}`)}</span>
    </span>
  );
}
