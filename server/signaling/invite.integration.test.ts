import { expect, it } from 'vitest';
import { INVITE_EXPIRY_MS, type SetLength } from '../../proto/signaling-limits';
import { createInvite, readInvite } from '../invites/invites';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { beginArranged, giveUp, playArranged } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;
let host: Player;
let friend: Player;
arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
  [host, friend] = [await arcade.enter('Host'), await arcade.enter('Friend')];
});

const invite = (hostId = host.id, firstTo: SetLength = 1) =>
  createInvite(arcade.db, { hostId, characterId: 2, firstTo, at: new Date(arcade.clock.now()) });

const join = (player: Player, code: string) =>
  player.raw('join_invite', { playerId: player.id, code, characterId: 1 });

const refused = (code: number, reason: string) => ({ ok: false, error: { code, detail: { reason } } });

it('SIG-35: whoever has the link fights who made it, once', async () => {
  const { code } = await invite();
  const third = await arcade.enter('Third');
  const both = await Promise.all([join(friend, code), join(third, code)]);
  const taken = both.filter(({ ok }) => ok);
  expect(taken).toHaveLength(1);
  const guest = both[0].ok ? friend : third;
  const told = await host.hear('match_request_accepted');
  expect(told).toMatchObject({ accepterId: guest.id, source: 'invite', config: { characters: [2, 1] } });
  expect(both.find(({ ok }) => !ok)).toMatchObject({
    // Gone already, or just taken.
    ...{ ok: false, error: { detail: { reason: expect.stringMatching(/^(host_in_match|expired)$/) } } },
  });
  const { sessionId } = await beginArranged({ one: host, two: guest });
  await giveUp(guest, sessionId);
  await host.hear('match_ended');
  const late = guest === friend ? third : friend;
  expect(await join(late, code)).toMatchObject(refused(404, 'expired'));
});

it('SIG-35: a player has one link: a newer one is worth more than the older, and an hour is its time', async () => {
  const first = await invite();
  const second = await invite();
  expect(await join(friend, first.code)).toMatchObject(refused(404, 'expired'));
  arcade.clock.advance(INVITE_EXPIRY_MS);
  expect(await join(friend, second.code)).toMatchObject(refused(404, 'expired'));
  expect(await arcade.db.invite.count()).toBe(1);
});

it('SIG-35, SIG-37: a link may begin a set, which goes on with a request', async () => {
  const { code } = await invite(host.id, 2);
  const joined = await join(friend, code);
  expect(joined).toMatchObject({ ok: true });
  const begun = await host.hear('match_request_accepted');
  expect(begun.config.set).toEqual({ firstTo: 2, wins: [0, 0] });
  const { sessionId } = await playArranged(arcade, { one: host, two: friend });
  await host.send('join_lobby', { playerId: host.id });
  const next = { requesterId: friend.id, targetId: host.id, follows: sessionId };
  await friend.send('request_match', next);
  const isNext = (told: { sessionId: string }) => told.sessionId !== sessionId;
  const request = await host.hear('match_request_received', isNext);
  expect(request.set).toEqual({ firstTo: 2, wins: [0, 1] });
});

it('SIG-36: says why a link leads to no fight now, and keeps it for later', async () => {
  const { code } = await invite();
  expect(await join(host, code)).toMatchObject(refused(409, 'own_link'));
  const other = await arcade.enter('Other');
  await other.send('join_lobby', { playerId: other.id });
  const { sessionId } = await host.send('request_match', { requesterId: host.id, targetId: other.id });
  await other.send('accept_match', { accepterId: other.id, requesterId: host.id, sessionId });
  expect(await join(friend, code)).toMatchObject(refused(409, 'host_in_match'));
  const { code: others } = await invite(friend.id);
  expect(await join(other, others)).toMatchObject(refused(409, 'you_in_match'));
  await giveUp(other, sessionId);
  host.close();
  await expect.poll(() => arcade.connections()).toBe(2);
  expect(await join(friend, code)).toMatchObject(refused(409, 'host_away'));
  await arcade.connect(host.id);
  expect(await join(friend, code)).toMatchObject({ ok: true, sessionId: expect.any(String) });
});

it('SIG-36: whom the host has blocked finds no link', async () => {
  const { code } = await invite();
  await arcade.db.relation.create({ data: { ownerId: host.id, targetId: friend.id, kind: 'block' } });
  expect(await join(friend, code)).toMatchObject(refused(404, 'expired'));
  // Nor does the page show one; who is not signed in may be anybody.
  const shownTo = (readerId: string | null) =>
    readInvite(arcade.db, code, new Date(arcade.clock.now()), readerId);
  expect(await shownTo(friend.id)).toBeNull();
  for (const readerId of [host.id, null]) expect(await shownTo(readerId)).toMatchObject({ hostId: host.id });
});

it('SIG-36: no code is guessed by its form, and nobody joins for somebody else', async () => {
  const { code } = await invite();
  expect(Buffer.from(code, 'base64url')).toHaveLength(16);
  const codeOf = (payload: object) => friend.codeOf('join_invite', payload);
  expect(await codeOf({ playerId: friend.id, code: `${code}x` })).toBe(400);
  expect(await codeOf({ playerId: friend.id, code: { contains: '' } })).toBe(400);
  expect(await codeOf({ playerId: host.id, code })).toBe(403);
  const tries = await Promise.all(
    Array.from({ length: 15 }, () => codeOf({ playerId: friend.id, code: 'A'.repeat(22) })),
  );
  expect(tries).toContain(429);
});
