import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Signaling } from '../../client/signaling';
import { engineDigest } from '../../engine/fighter/checksum';
import { createMailbox } from '../_line/mailbox';
import { NO_CONDITIONS } from './channel';
import { startMatch } from './match-controller';

/** The browser's side of WebRTC, as far as a test opens it. */
class Channel extends EventTarget {
  readyState = 'connecting';
  readonly sent: unknown[] = [];
  constructor(readonly options: RTCDataChannelInit) {
    super();
  }
  open() {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }
  send(data: unknown) {
    this.sent.push(data);
  }
  close() {}
}

const connections: Connection[] = [];

class Connection extends EventTarget {
  readonly channels: Channel[] = [];
  readonly signalingState = 'stable';
  readonly connectionState = 'connected';
  localDescription: { sdp: string } | null = null;
  constructor() {
    super();
    connections.push(this);
  }
  createDataChannel(_label: string, options: RTCDataChannelInit) {
    const channel = new Channel(options);
    this.channels.push(channel);
    return channel;
  }
  async setRemoteDescription() {}
  async setLocalDescription() {
    this.localDescription = { sdp: 'an answer' };
  }
  close() {}
}

class Ticker extends EventTarget {
  terminate() {}
}

beforeEach(() => {
  connections.length = 0;
  vi.stubGlobal('RTCPeerConnection', Connection);
  vi.stubGlobal('Worker', Ticker);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('window', new EventTarget());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Player 2, who answers offers. */
function start() {
  const said: string[] = [];
  const connected: string[] = [];
  const hears = new Map<string, (payload: unknown) => void>();
  const signaling: Signaling = {
    state: 'online',
    send: (event) => {
      said.push(event);
      return new Promise(() => undefined);
    },
    on: (event, listener) => {
      hears.set(event, listener as (payload: unknown) => void);
      return () => undefined;
    },
    sendVolatile: () => undefined,
    reopen: () => undefined,
    close: () => undefined,
  };
  const match = startMatch({
    ...{ signaling, mailbox: createMailbox(signaling), sessionId: 's1', playerId: 'ada', opponentId: 'mina' },
    terms: { playerIndex: 2, characters: [1, 2], seed: 1, delayFrames: 2, engineDigest: engineDigest() },
    ...{ iceServers: [], conditions: NO_CONDITIONS, isResumed: false },
    onConnected: (route) => connected.push(route),
  });
  const offer = (connection: number) =>
    hears.get('sdp_offer_received')?.({
      sessionId: 's1',
      sdp: `v=0\r\no=- ${connection} 2 IN IP4 0.0.0.0\r\n`,
    });
  const times = (event: string) => said.filter((one) => one === event).length;
  const beginFight = () => hears.get('match_started')?.({ sessionId: 's1' });
  const hear = (event: string, payload: object) => hears.get(event)?.({ sessionId: 's1', ...payload });
  return { match, said, offer, beginFight, hear, times, connected };
}

it('PEER-1: two negotiated channels, and peer_connected once both are open, for each new connection', async () => {
  const { match, offer, times } = start();
  offer(1);
  expect(connections[0]?.channels.map(({ options }) => options)).toEqual([
    { negotiated: true, id: 0, ordered: false, maxRetransmits: 0 },
    { negotiated: true, id: 1 },
  ]);
  connections[0]?.channels[1]?.open();
  expect(times('peer_connected')).toBe(0);
  connections[0]?.channels[0]?.open();
  await vi.waitFor(() => expect(times('peer_connected')).toBe(1));
  offer(2);
  expect(connections).toHaveLength(2);
  expect(times('peer_connected')).toBe(1);
  for (const channel of connections[1]?.channels ?? []) channel.open();
  await vi.waitFor(() => expect(times('peer_connected')).toBe(2));
  match.close();
});

it('PEER-7: the way shown and remembered is the one that the server says both have', async () => {
  const { match, hear, times, connected } = start();
  for (const channel of connections.at(-1)?.channels ?? []) channel.open();
  await vi.waitFor(() => expect(times('peer_connected')).toBe(1));
  expect(match.route.get()).toBe('direct');
  expect(connected).toEqual([]);
  hear('match_started', { route: 'turn' });
  expect(match.route.get()).toBe('turn');
  hear('match_started', { route: 'turn', resumed: true });
  expect(connected).toEqual(['turn']);
  match.close();
});

it('PEER-5: a page that goes in mid-fight gives nothing up, and leaving does', async () => {
  const fight = async () => {
    const started = start();
    for (const channel of connections.at(-1)?.channels ?? []) channel.open();
    await vi.waitFor(() => expect(started.times('peer_connected')).toBe(1));
    started.beginFight();
    expect(started.match.view.get().step).toBe('synchronizing');
    expect(started.match.words()).toBeDefined();
    return started;
  };
  const gone = await fight();
  const detach = gone.match.attach({
    device: { mask: () => 0, close: () => undefined },
    onFrame: () => undefined,
  });
  detach();
  window.dispatchEvent(new Event('pagehide'));
  gone.match.close();
  expect(gone.said.filter((event) => !['match_inputs', 'own_inputs'].includes(event))).toEqual([
    'peer_connected',
  ]);

  const left = await fight();
  left.match.leave();
  expect(left.times('leave_match')).toBe(1);
  left.match.close();
});

it('SES-12: a pause is asked for, agreed to and ended, and a page that comes back knows of it', async () => {
  const { match, beginFight, hear, times } = start();
  for (const channel of connections.at(-1)?.channels ?? []) channel.open();
  await vi.waitFor(() => expect(times('peer_connected')).toBe(1));
  vi.useFakeTimers();
  beginFight();
  match.askForPause();
  match.askForPause();
  expect(times('pause_match')).toBe(1);
  expect(match.pauses.get()).toEqual({ askedBy: 'self', left: 3 });
  vi.advanceTimersByTime(10_000);
  expect(match.pauses.get().askedBy).toBeUndefined();

  hear('pause_proposed', { by: 'mina', until: 1 });
  expect(match.pauses.get().askedBy).toBe('opponent');
  match.askForPause();
  expect(times('pause_match')).toBe(2);
  hear('match_paused', { by: 'mina', until: 60, pausesLeft: 2 });
  expect(match.pauses.get()).toEqual({ askedBy: undefined, left: 2 });
  const paused = { step: 'agreedPause', pause: { isMine: false, until: 60 }, isOpponentAway: false };
  expect(match.view.get()).toEqual(paused);
  hear('match_started', { paused: { by: 'ada', until: 60 }, pausesLeft: 1 });
  expect(match.view.get()).toEqual({ ...paused, pause: { isMine: true, until: 60 } });
  match.goOn();
  expect(times('resume_match')).toBe(1);
  hear('match_resumed', { pausesLeft: 1 });
  expect(match.view.get()).toEqual({ step: 'synchronizing' });
  expect(match.pauses.get()).toEqual({ askedBy: undefined, left: 1 });
  // It ended while the line was away.
  hear('match_paused', { by: 'mina', until: 60, pausesLeft: 0 });
  hear('match_started', { pausesLeft: 0 });
  expect(match.view.get()).toEqual({ step: 'synchronizing' });
  match.close();
  vi.useRealTimers();
});
