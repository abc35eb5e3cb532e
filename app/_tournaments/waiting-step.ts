import type { WaitingRoom } from '@/server/tournaments/views/waiting-room';

type Place = NonNullable<WaitingRoom['place']>;
type Seat = NonNullable<WaitingRoom['seat']>;

/** Where somebody stands between the door and the bracket: one step at a time is shown. */
export type WaitingStep =
  | { readonly step: 'cancelled' }
  /** It has begun or is over, without this person. */
  | { readonly step: 'missed' }
  | { readonly step: 'in'; readonly seat: Seat | null }
  | { readonly step: 'paying'; readonly seat: Seat }
  | { readonly step: 'turn'; readonly until: string }
  | { readonly step: 'waiting'; readonly place: Place }
  /** In line before the order is drawn. */
  | { readonly step: 'undrawn'; readonly place: Place }
  /** A place or a seat was lost; whether one may try again says `isOpen`. */
  | { readonly step: 'lost'; readonly what: 'place' | 'seat' | 'left'; readonly isOpen: boolean }
  /** No place yet. */
  | { readonly step: 'outside'; readonly isOpen: boolean };

/** What the waiting room shows. */
export function stepOf(room: WaitingRoom): WaitingStep {
  const { status, place, seat, isEntrant } = room;
  const isOpen = status === 'scheduled' || status === 'open';
  if (status === 'cancelled') return { step: 'cancelled' };
  if (isEntrant || seat?.state === 'confirmed') return { step: 'in', seat };
  // During the check-in who waits still moves up.
  if (!isOpen && status !== 'checkin') return { step: 'missed' };
  if (seat?.state === 'hold') return { step: 'paying', seat };
  switch (place?.state) {
    case 'ready':
      return { step: 'turn', until: place.readyUntil ?? place.expiresAt };
    case 'admitted':
      return { step: 'turn', until: place.expiresAt };
    case 'waiting':
      return place.position > 0 ? { step: 'waiting', place } : { step: 'undrawn', place };
    case 'expired':
      return { step: 'lost', what: 'place', isOpen };
    case 'used':
      return { step: 'lost', what: seat?.state === 'cancelled' ? 'left' : 'seat', isOpen };
    case 'left':
      return seat?.state === 'expired'
        ? { step: 'lost', what: 'seat', isOpen }
        : { step: 'lost', what: 'left', isOpen };
    default:
      return { step: 'outside', isOpen };
  }
}
