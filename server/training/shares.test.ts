import { describe, expect, it } from 'vitest';
import { nextOf, type Requester, type Standing, shareUsedUp } from './shares';

const PLACES = 10;
let owners = 0;
const somebody = (standing: Standing, addressKey = `address ${owners}`): Requester => {
  owners += 1;
  return { ownerId: `owner ${owners}`, addressKey, standing };
};
const many = (count: number, make: () => Requester) => Array.from({ length: count }, make);

describe('TRAIN-4: the places for trainings', () => {
  it('can’t all be taken by guests of one address: others get in', () => {
    const guests: Requester[] = [];
    for (let i = 0; i < PLACES; i += 1) {
      const guest = somebody('guest', 'one address');
      if (!shareUsedUp(guests, guest, PLACES)) guests.push(guest);
    }
    expect(guests.length).toBe(4);
    expect(shareUsedUp(guests, somebody('guest', 'one address'), PLACES)).toBe('address_share');
    expect(shareUsedUp(guests, somebody('guest'), PLACES)).toBeUndefined();
    expect(shareUsedUp(guests, somebody('player'), PLACES)).toBeUndefined();
    expect(shareUsedUp(guests, somebody('player', 'one address'), PLACES)).toBeUndefined();
    expect(shareUsedUp(guests, somebody('admin', 'one address'), PLACES)).toBeUndefined();
  });

  it('can’t all be taken by accounts of one address', () => {
    const players = many(4, () => somebody('player', 'one address'));
    expect(shareUsedUp(players, somebody('player', 'one address'), PLACES)).toBe('address_share');
    expect(shareUsedUp(players, somebody('player'), PLACES)).toBeUndefined();
  });

  it('can’t all be taken by guests of many addresses', () => {
    const guests = many(5, () => somebody('guest'));
    expect(shareUsedUp(guests, somebody('guest'), PLACES)).toBe('guest_share');
    expect(shareUsedUp(guests, somebody('player'), PLACES)).toBeUndefined();
  });

  it('can’t all be taken by accounts: the last is an admin’s', () => {
    const players = many(9, () => somebody('player'));
    expect(shareUsedUp(players, somebody('player'), PLACES)).toBe('player_share');
    expect(shareUsedUp(players, somebody('admin'), PLACES)).toBeUndefined();
  });

  it('are two a person, but for admins', () => {
    const [player, admin] = [somebody('player'), somebody('admin')];
    expect(shareUsedUp([player], player, PLACES)).toBeUndefined();
    expect(shareUsedUp([player, player], player, PLACES)).toBe('owner_share');
    expect(shareUsedUp([admin, admin, admin], admin, PLACES)).toBeUndefined();
  });

  it('leave everybody something where there are hardly any', () => {
    expect(shareUsedUp([], somebody('guest'), 1)).toBeUndefined();
    expect(shareUsedUp([], somebody('player'), 1)).toBeUndefined();
  });
});

describe('whose training runs next', () => {
  const waiting = (...requesters: (Requester | undefined)[]) =>
    requesters.map((requester) => ({ requester }));

  it('is who stands higher, else who came first', () => {
    const [guest, player, other, admin] = [
      somebody('guest'),
      somebody('player'),
      somebody('player'),
      somebody('admin'),
    ];
    expect(nextOf(waiting(guest, player, other))?.requester).toBe(player);
    expect(nextOf(waiting(guest, player, admin))?.requester).toBe(admin);
    expect(nextOf(waiting(guest, undefined, admin))?.requester).toBeUndefined();
    expect(nextOf(waiting())).toBeUndefined();
  });
});
