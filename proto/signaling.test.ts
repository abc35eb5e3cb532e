import { describe, expect, it } from 'vitest';
import { isClientEvent, parseClientEvent } from './signaling';

describe('the messages of requirement S2', () => {
  /** The first table of the specification, as printed, with what was added. */
  const printed = {
    join_lobby: { playerId: 'a', playerName: 'Ann' },
    leave_lobby: { playerId: 'a' },
    request_match: { requesterId: 'a', targetId: 'b' },
    accept_match: { accepterId: 'b', requesterId: 'a' },
    decline_match: { declinerId: 'b', requesterId: 'a' },
    send_sdp_offer: { senderId: 'a', receiverId: 'b', sdp: 'v=0', sessionId: 's' },
    send_sdp_answer: { senderId: 'b', receiverId: 'a', sdp: 'v=0', sessionId: 's' },
    send_ice_candidate: {
      senderId: 'a',
      receiverId: 'b',
      candidate: { candidate: 'candidate:1', sdpMid: null, sdpMLineIndex: 0, usernameFragment: 'u' },
      sessionId: 's',
    },
    cancel_match_request: { requesterId: 'a', targetId: 'b', sessionId: 's' },
  } as const;

  it.each(Object.entries(printed))('%s is read field for field', (name, payload) => {
    if (!isClientEvent(name)) throw new Error(`${name} is no event`);
    const parsed = parseClientEvent(name, payload);
    const { playerName: _ignored, ...fields } = { playerName: undefined, ...payload };
    expect(parsed).toEqual({ ok: true, payload: fields });
  });

  it('are read past fields that a newer browser adds', () => {
    expect(parseClientEvent('leave_lobby', { playerId: 'a', since: 2030 })).toEqual({
      ok: true,
      payload: { playerId: 'a' },
    });
  });

  it('tell a fault of size from a fault of form', () => {
    const offer = { ...printed.send_sdp_offer, sdp: 'x'.repeat(64 * 1024 + 1) };
    expect(parseClientEvent('send_sdp_offer', offer)).toMatchObject({ ok: false, code: 413 });
    expect(parseClientEvent('send_sdp_offer', { ...offer, sdp: '' })).toMatchObject({ ok: false, code: 400 });
    const inputs = { sessionId: 's', fromFrame: 0, inputs: new Uint8Array(601 * 4) };
    expect(parseClientEvent('match_inputs', inputs)).toMatchObject({ ok: false, code: 413 });
  });

  it('have no names beside their own', () => {
    for (const name of ['toString', '__proto__', 'ready', '']) expect(isClientEvent(name)).toBe(false);
  });
});
