import { createHash, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { guestOf } from '../auth/accounts';
import { adminNames } from '../auth/admin';
import type { Db } from '../db/client';
import { refusal } from '../tournaments/refusals';
import type { Actor } from '../tournaments/reservations/reservations';
import { claimGuest, type JoinedWith } from './guest-claims';
import { mustSignIn } from './perform';
import type { CallInfo } from './services';

/** What a foreign system may call its people here. */
const USER_ID = /^[\w.@:+-]{1,64}$/;

/** For whom a call acts. */
export interface People {
  /**
   * The person that a call makes something for, who exists.
   * @param named the request's `user_id`; empty when it names nobody
   * @param joined what a join came with: without it nobody is a guest
   * @throws not_yours, no_user, not_signed_in
   */
  subject(call: CallInfo, named: string, joined?: JoinedWith): Promise<string>;
  /**
   * Who asks for something that is there.
   * @throws not_yours, not_signed_in
   */
  actor(call: CallInfo, named: string): Actor;
  /** Whether there is such a person. @throws no_user for one who is banned or deleted */
  exists(playerId: string): Promise<boolean>;
}

/** A stranger's word names no account, only a guest of that name; without one it is whatever else tells him apart. */
function guestIdOf(named: string, { sessionId, key }: JoinedWith): string {
  // No name holds a NUL.
  const name = named || `\0${sessionId || key || randomUUID()}`;
  return `guest:${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** @param guests `QUEUE_GUESTS`: who is not known becomes a guest */
export function createPeople(db: Db, guests: boolean): People {
  const known = new LRUCache<string, true>({ max: 50_000, ttl: 60_000 });

  function own(playerId: string, named: string): string {
    if (named !== '' && named !== playerId)
      throw refusal('not_yours', 'The token speaks for somebody else than the user_id named.');
    return playerId;
  }

  /** @returns whether there is one */
  async function find(id: string): Promise<boolean> {
    if (known.has(id)) return true;
    const row = await db.user.findUnique({ where: { id }, select: { bannedAt: true, deletedAt: true } });
    if (row?.bannedAt) throw refusal('no_user', 'user_id not found: that account is banned.');
    if (row?.deletedAt) throw refusal('no_user', 'user_id not found: that account is deleted.');
    if (row) known.set(id, true);
    return row !== null;
  }

  async function guest(id: string): Promise<string> {
    if (!(await find(id))) await guestOf({ db, admins: adminNames() }, id);
    return id;
  }

  return {
    exists: find,
    async subject({ caller }, named, joined) {
      switch (caller.kind) {
        case 'player':
          return own(caller.playerId, named);
        case 'trusted': {
          if (named === '') break;
          if (await find(named)) return named;
          if (guests && USER_ID.test(named)) return guest(named);
          throw refusal('no_user', 'user_id not found: nobody here has it.');
        }
      }
      if (!guests || !joined) return mustSignIn();
      const id = await guest(guestIdOf(named, joined));
      // Who names nobody brings what his guest is made of: nobody else comes to it.
      if (named !== '') await claimGuest(db, id, joined);
      return id;
    },
    actor({ caller }, named) {
      if (caller.kind === 'player') return { playerId: own(caller.playerId, named) };
      if (caller.kind === 'nobody') return mustSignIn();
      return named === '' ? 'trusted' : { playerId: named };
    },
  };
}
