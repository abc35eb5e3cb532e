/** What a person is to the arcade; who has more of it gets more of the places. */
export const STANDINGS = ['guest', 'player', 'admin'] as const;
export type Standing = (typeof STANDINGS)[number];

/** For whom a training is, as far as places go. Kept while the training has one, and written down nowhere. */
export interface Requester {
  /** Opaque id of the person. */
  readonly ownerId: string;
  /** Opaque, equal for trainings that were asked for from one address. */
  readonly addressKey: string;
  readonly standing: Standing;
}

/** One to watch and one to compare it with; more would only wait. */
const PER_OWNER = 2;
/** Guests, and likewise accounts, of one address: a household, or a few seats of a classroom. */
const PER_ADDRESS = 4;
/** Being a guest takes one click, again and again: together guests get half of the places. */
const GUESTS_PART = 0.5;
/** Accounts are cheap as well: the last place is an admin's. */
const KEPT_FOR_ADMINS = 1;

/** Why there is no place, though others may have one. */
type ShareReason = 'owner_share' | 'address_share' | 'guest_share' | 'player_share';

/** Why a training gets no place, and the words for each. */
export const PLACE_WORDS = {
  owner_share: `You have ${PER_OWNER} trainings already. Stop one of them first.`,
  address_share: `${PER_ADDRESS} trainings from your address are running or waiting, which is its share. Wait until one is over.`,
  guest_share:
    'Guests have all the places that guests may have. Wait until one is free, or register an account.',
  player_share: 'The last place is kept for admins. Wait until one is free.',
  trainings_full: 'All places for trainings are taken, waiting ones too. Stop one, or try again later.',
} as const satisfies Record<ShareReason | 'trainings_full', string>;

/**
 * Whether a person may have one more place.
 * @param active those who have one; who answers for themselves (no requester) only takes places
 * @param places how many there are, running and waiting together
 */
export function shareUsedUp(
  active: readonly (Requester | undefined)[],
  newcomer: Requester,
  places: number,
): ShareReason | undefined {
  const { ownerId, addressKey, standing } = newcomer;
  if (standing === 'admin') return undefined;
  const count = (isOne: (one: Requester) => boolean) => active.filter((one) => one && isOne(one)).length;
  if (count((one) => one.ownerId === ownerId) >= PER_OWNER) return 'owner_share';
  // Guests are one click each, so those of an address take nothing from somebody with an account beside them.
  const fromThere = count((one) => one.addressKey === addressKey && one.standing === standing);
  if (fromThere >= PER_ADDRESS) return 'address_share';
  const isGuest = standing === 'guest';
  if (isGuest && count((one) => one.standing === 'guest') >= Math.max(1, Math.floor(places * GUESTS_PART)))
    return 'guest_share';
  if (active.length >= Math.max(1, places - KEPT_FOR_ADMINS)) return 'player_share';
  return undefined;
}

/** Who runs next among those who wait: admins, then accounts, then guests; among equals who came first. */
export function nextOf<T extends { readonly requester: Requester | undefined }>(
  waiting: readonly T[],
): T | undefined {
  const rank = ({ requester }: T) => (requester ? STANDINGS.indexOf(requester.standing) : STANDINGS.length);
  return waiting.reduce<T | undefined>(
    (best, one) => (best && rank(best) >= rank(one) ? best : one),
    undefined,
  );
}
