import { describe, expect, it } from 'vitest';
import type { SignalingError } from '@/proto/signaling-payloads';
import { type Signaling, SignalingFailure } from '../../client/signaling';
import { createMailbox } from '../_line/mailbox';
import { createMatchLink } from './match-link';

/** A link whose inputs the server refuses so. */
function refusedWith(error: SignalingError) {
  const signaling: Signaling = {
    state: 'online',
    send: () => Promise.reject(new SignalingFailure(error)),
    on: () => () => undefined,
    sendVolatile: () => undefined,
    reopen: () => undefined,
    close: () => undefined,
  };
  const mailbox = createMailbox(signaling);
  return createMatchLink({ signaling, mailbox, sessionId: 's1', playerId: 'ada', opponentId: 'mina' });
}

describe("a match's line to the server", () => {
  it.each([
    ['the match is over', { code: 409, message: '' }, 'gone'],
    ['SIG-2: another page of this player acts', { code: 409, message: '', onlooker: true }, 'retry'],
    ['there is no such match', { code: 404, message: '' }, 'gone'],
    ["it is somebody else's", { code: 403, message: '' }, 'gone'],
    ['the judge is away', { code: 500, message: '' }, 'retry'],
    ['frames came ahead of time', { code: 429, message: '' }, 'retry'],
  ] as const)('%s', async (_name, error, reply) => {
    expect(await refusedWith(error).sendInputs(0, new Uint8Array(4))).toBe(reply);
  });
});
