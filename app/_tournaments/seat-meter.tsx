'use client';

import { useTranslations } from 'next-intl';

/** How many seats are taken, held while somebody pays, and free. */
export function SeatMeter({ seats, confirmed, held }: { seats: number; confirmed: number; held: number }) {
  const t = useTranslations('tournaments');
  const share = (count: number) => `${(100 * Math.min(count, seats)) / seats}%`;
  return (
    <div>
      <p className="flex justify-between gap-3 text-data">
        <span>{t('seatsTaken', { taken: confirmed, seats })}</span>
        {held > 0 ? <span className="text-quiet">{t('seatsHeld', { count: held })}</span> : null}
      </p>
      <div aria-hidden="true" className="mt-1 flex h-2.5 border-2 border-edge bg-sunken">
        <span className="bg-text" style={{ width: share(confirmed) }} />
        <span className="tone bg-text" style={{ width: share(held) }} />
      </div>
    </div>
  );
}
