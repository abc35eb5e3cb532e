import { RTCPeerConnection } from 'node-datachannel/polyfill';
import * as msgpack from 'socket.io-msgpack-parser';
import { afterEach, expect, it, vi } from 'vitest';
import { metricsText } from '../../server/metrics';
import { addPlayer } from '../../server/sessions/testing/players';
import { arcadeOfEachTest, type TestArcade } from '../../server/signaling/testing/arcade';
import type { Played } from './match';
import { runProgram } from './program';

/** In the fight time runs this much faster than on the wall, for both and for the judge. */
const SPEED = 3;

let arcade: TestArcade;

afterEach(() => vi.restoreAllMocks());

arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

/**
 * Lets two programs meet, the second one challenging, and time run fast for them and the server until both are through.
 * @param onStep told what becomes of the fight, as the second one sees it
 */
async function fight(onStep: (step: string) => void = () => undefined): Promise<readonly [Played, Played]> {
  const [one, two] = [await addPlayer(arcade.db, 'Waits'), await addPlayer(arcade.db, 'Asks')];
  let [speed, sinceMs, passedMs] = [1, performance.now(), 0];
  const now = () => passedMs + (performance.now() - sinceMs) * speed;
  let shownMs = now();
  const passing = setInterval(() => {
    const ms = now();
    arcade.clock.advance(Math.floor(ms - shownMs));
    shownMs += Math.floor(ms - shownMs);
  }, 10);
  const hear = (step: string) => {
    if (step.startsWith('fighting, ')) [passedMs, sinceMs, speed] = [now(), performance.now(), SPEED];
    onStep(step);
  };
  const common = { url: arcade.url, characterId: 1, now, log: () => undefined };
  try {
    return await Promise.all([
      runProgram({ ...common, getToken: async () => one, challenge: undefined, level: undefined }),
      runProgram({
        ...common,
        getToken: async () => two,
        challenge: 'Waits',
        level: 85,
        msgpack,
        log: hear,
      }),
    ]);
  } finally {
    clearInterval(passing);
  }
}

/** Fought out, and both and the judge agree on what came out. */
function expectWhole([waiting, asking]: readonly [Played, Played]): void {
  expect(asking.verdict).toMatchObject({ winner: 1, reason: 'knockout' });
  expect(waiting.verdict).toEqual(asking.verdict);
  const { frames, checksum } = asking.verdict;
  expect(frames).toBeGreaterThan(300);
  expect(asking.end).toEqual({ frames, checksum });
  expect(waiting.end).toEqual({ frames, checksum });
}

it('PEER-12: two programs fight a whole match over WebRTC, one in JSON and one in msgpack, and the judge agrees with both', {
  timeout: 90_000,
}, async () => {
  const steps: string[] = [];
  const [waiting, asking] = await fight((step) => steps.push(step));
  expectWhole([waiting, asking]);
  expect(steps).toContain('fighting, direct');
  // They guessed at each other's inputs, and guessed wrong now and then.
  expect(waiting.rolledBack).toBeGreaterThan(0);
  // Each told its own column, which is refused only when the fight is over; nobody missed the other's signatures.
  const { text } = await metricsText();
  const codesOf = (event: string) =>
    [...text.matchAll(new RegExp(`event="${event}",code="(\\w+)"} (\\d+)`, 'g'))].map(([, code]) => code);
  expect(codesOf('own_inputs').filter((code) => code !== '409')).toEqual(['ok']);
  expect(codesOf('peer_failed')).toEqual([]);
});

it('PEER-10: two programs that can’t reach each other fight a whole match through the server', {
  timeout: 90_000,
}, async () => {
  vi.spyOn(RTCPeerConnection.prototype, 'addIceCandidate').mockResolvedValue(undefined);
  const real = RTCPeerConnection.prototype.setRemoteDescription;
  vi.spyOn(RTCPeerConnection.prototype, 'setRemoteDescription').mockImplementation(function (
    this: RTCPeerConnection,
    { type, sdp = '' },
  ) {
    return real.call(this, { type, sdp: sdp.replace(/a=candidate:.*\r\n/g, '') });
  });
  const [waiting, asking] = await fight();
  expectWhole([waiting, asking]);
  expect([waiting.route, asking.route]).toEqual(['server', 'server']);
});

it('PEER-9: where the way between two programs breaks in the fight it goes on through the server', {
  timeout: 90_000,
}, async () => {
  const opened: RTCPeerConnection[] = [];
  const real = RTCPeerConnection.prototype.createDataChannel;
  vi.spyOn(RTCPeerConnection.prototype, 'createDataChannel').mockImplementation(function (
    this: RTCPeerConnection,
    ...channel
  ) {
    opened.push(this);
    return real.apply(this, channel);
  });
  const steps: string[] = [];
  const [waiting, asking] = await fight((step) => {
    steps.push(step);
    // In the middle of it, a second after it began.
    if (step === 'fighting, direct' && opened[0]?.connectionState === 'connected')
      setTimeout(() => opened[0]?.close(), 1_000);
  });
  expectWhole([waiting, asking]);
  expect([waiting.route, asking.route]).toEqual(['server', 'server']);
  expect(steps).toContain('fighting, direct');
  expect(steps).toContain('fighting, server');
});
