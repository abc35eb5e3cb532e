'use client';

import { useTranslations } from 'next-intl';
import type { PointerEvent } from 'react';
import { Input } from '../../engine/fighter/inputs';
import type { TouchDevice } from '../_match/devices/touch';

/** Finger positions nearer to the middle of the pad than this share of its radius press nothing. */
const DEAD_ZONE = 0.25;

const BUTTONS = [
  { key: 'light', bit: Input.Light, place: 'col-start-1 row-start-2' },
  { key: 'heavy', bit: Input.Heavy, place: 'col-start-2 row-start-2' },
  { key: 'special', bit: Input.Special, place: 'col-start-2 row-start-1' },
  { key: 'throw', bit: Input.Throw, place: 'col-start-1 row-start-1' },
] as const;

/** A direction pad and four buttons at the thumbs; shown only where the pointer is a finger. */
export function TouchControls({ device }: { device: TouchDevice }) {
  const t = useTranslations('play.buttons');
  const steer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 - 1;
    const y = ((event.clientY - box.top) / box.height) * 2 - 1;
    device.press(`pad-${event.pointerId}`, directionOf(x, y));
  };
  const letGo = (event: PointerEvent) => device.release(`pad-${event.pointerId}`);

  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 z-10 hidden items-end justify-between px-4 pb-[calc(3rem+env(safe-area-inset-bottom))] select-none pointer-coarse:flex">
      <div
        role="application"
        aria-label={t('directions')}
        className="pointer-events-auto relative size-36 touch-none rounded-full border-2 border-edge bg-ground/50"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          steer(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && steer(event)}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <span aria-hidden="true" className="absolute inset-[38%] rounded-full bg-text/40" />
      </div>
      <div className="pointer-events-auto grid grid-cols-2 gap-3">
        {BUTTONS.map(({ key, bit, place }) => (
          <button
            key={key}
            type="button"
            className={`size-16 touch-none rounded-full border-2 border-edge bg-ground/60 text-data font-semibold active:bg-gold active:text-on-gold ${place}`}
            onPointerDown={(event) => device.press(`${key}-${event.pointerId}`, bit)}
            onPointerUp={(event) => device.release(`${key}-${event.pointerId}`)}
            onPointerCancel={(event) => device.release(`${key}-${event.pointerId}`)}
            onPointerLeave={(event) => device.release(`${key}-${event.pointerId}`)}
          >
            {t(key)}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Eight directions from a place on the pad, both axes from -1 to 1, y downwards. */
function directionOf(x: number, y: number): number {
  let mask = 0;
  if (x < -DEAD_ZONE) mask |= Input.Left;
  if (x > DEAD_ZONE) mask |= Input.Right;
  // Jumping by accident costs a round: up and down need a clearer sign than left and right.
  if (y < -DEAD_ZONE * 2) mask |= Input.Up;
  if (y > DEAD_ZONE * 2) mask |= Input.Down;
  return mask;
}
