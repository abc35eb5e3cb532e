import { describe, expect, it } from 'vitest';
import type { Signaling } from '../../client/signaling';
import type { ServerPayloads } from '../../proto/signaling-payloads';
import { createMailbox, type MatchMessage } from './mailbox';

/** A line on which the test speaks as the server; it carries offers only. */
function fakeLine() {
  const listeners = new Set<string>();
  const onOffer = new Set<(payload: ServerPayloads['sdp_offer_received']) => void>();
  const signaling: Pick<Signaling, 'on'> = {
    on(event, listener) {
      listeners.add(event);
      if (event === 'sdp_offer_received') onOffer.add(listener as never);
      return () => void listeners.delete(event);
    },
  };
  return {
    on: signaling.on,
    offer(sessionId: string, sdp: string) {
      for (const listener of onOffer) listener({ senderId: 'them', sdp, sessionId });
    },
    listeners,
  };
}

const sdps = (messages: MatchMessage[]) =>
  messages.map((m) => (m.event === 'sdp_offer_received' ? m.payload.sdp : m.event));

describe('match mailbox', () => {
  it('delivers what came before the page listened, in order, then what comes after', () => {
    const line = fakeLine();
    const mailbox = createMailbox(line);
    const heard: MatchMessage[] = [];
    line.offer('s1', 'first');
    line.offer('s1', 'second');
    mailbox.listen('s1', (message) => heard.push(message));
    line.offer('s1', 'third');
    expect(sdps(heard)).toEqual(['first', 'second', 'third']);
  });

  it('keeps nothing of an older match once a newer one speaks', () => {
    const line = fakeLine();
    const mailbox = createMailbox(line);
    line.offer('old', 'stale');
    line.offer('new', 'fresh');
    const heard: MatchMessage[] = [];
    mailbox.listen('old', (message) => heard.push(message));
    expect(heard).toEqual([]);
  });

  it('keeps a bounded number of messages and lets go of the line when closed', () => {
    const line = fakeLine();
    const mailbox = createMailbox(line);
    for (let i = 0; i < 1000; i += 1) line.offer('s1', String(i));
    const heard: MatchMessage[] = [];
    mailbox.listen('s1', (message) => heard.push(message));
    expect(heard.length).toBeLessThanOrEqual(128);
    mailbox.close();
    expect(line.listeners.size).toBe(0);
  });
});
