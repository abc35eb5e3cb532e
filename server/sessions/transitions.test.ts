import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionStatus } from '../db/generated/enums';
import {
  ACTIVE_STATUSES,
  isActive,
  isTerminal,
  nextStatus,
  OPEN_STATUSES,
  type SessionAction,
} from './transitions';

const ACTIONS: SessionAction[] = ['accept', 'decline', 'offer', 'connect', 'pause', 'resume', 'end', 'fail'];
const statuses = Object.values(SessionStatus);

/** The arrows of the state machine, written a second time on purpose. */
const ARROWS = [
  'requested accept accepted',
  'requested decline declined',
  'accepted offer connecting',
  'accepted fail failed',
  'connecting connect connected',
  'connecting fail failed',
  'connected pause paused',
  'connected end ended',
  'connected fail failed',
  'paused resume connected',
];

describe('the state machine of a session', () => {
  it('SES-1: has exactly the arrows of the design', () => {
    const found = statuses.flatMap((from) =>
      ACTIONS.flatMap((action) => {
        const to = nextStatus(from, action);
        return to === undefined ? [] : [`${from} ${action} ${to}`];
      }),
    );
    expect(found.sort()).toEqual([...ARROWS].sort());
  });

  it('never leaves a terminal status, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 40 }), (actions) => {
        let status: SessionStatus = 'requested';
        let ended = false;
        for (const action of actions) {
          const to = nextStatus(status, action);
          expect(ended && to !== undefined).toBe(false);
          status = to ?? status;
          ended = isTerminal(status);
        }
      }),
    );
  });

  it('lets no session fight that was not accepted, offered and connected before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS), { maxLength: 40 }), (actions) => {
        const seen: SessionStatus[] = ['requested'];
        for (const action of actions) {
          const to = nextStatus(seen.at(-1) ?? 'requested', action);
          if (to !== undefined) seen.push(to);
        }
        if (seen.includes('ended') || seen.includes('connected'))
          expect(seen.slice(0, 4)).toEqual(['requested', 'accepted', 'connecting', 'connected']);
        if (seen.includes('declined')) expect(seen).toEqual(['requested', 'declined']);
      }),
    );
  });

  it('calls every status either terminal or open, and only open ones active', () => {
    for (const status of statuses) {
      expect(OPEN_STATUSES.some((open) => open === status)).toBe(!isTerminal(status));
      expect(isActive(status)).toBe(ACTIVE_STATUSES.some((active) => active === status));
      if (isActive(status)) expect(isTerminal(status)).toBe(false);
    }
  });
});
