import { describe, expect, it } from 'vitest';
import { HEADER_BYTES, MAX_PACKET_BYTES, seal } from './packet';
import { createSession } from './session';
import { findDisagreement } from './testing/oracle';
import { seededRandom } from './testing/random';
import { createToyGame } from './testing/toy-game';
import { VirtualMatch } from './testing/virtual-match';

/** A running match whose host 0 can be handed any datagram. */
function besieged() {
  const match = new VirtualMatch({ seed: 5, profile: { latencyMs: 30 }, frames: 600 });
  const [a, b] = match.hosts;
  if (a === undefined || b === undefined) throw new Error('two hosts expected');
  const [near, far] = match.network.link({ latencyMs: 30 });
  const seen: Uint8Array[] = [];
  let thrown: Uint8Array | undefined;
  a.session.replaceTransport(1, {
    send: (bytes) => near.send(bytes),
    receive: () => {
      if (thrown !== undefined) {
        const bytes = thrown;
        thrown = undefined;
        return bytes;
      }
      const bytes = near.receive();
      if (bytes !== undefined && seen.length < 500) seen.push(bytes.slice());
      return bytes;
    },
  });
  b.session.replaceTransport(0, far);
  match.runUntil(3000);
  const nowMs = 3000;
  return {
    match,
    a,
    seen,
    hit: (bytes: Uint8Array) => {
      thrown = bytes;
      a.session.poll(nowMs);
    },
  };
}

describe('hostile datagrams', () => {
  it('a million random and mutated ones move nothing, throw nothing and grow nothing', {
    timeout: 60_000,
  }, () => {
    const { match, a, seen, hit } = besieged();
    const random = seededRandom(99);
    const frame = a.session.frame;
    const confirmed = a.session.confirmedFrame;
    const before = a.session.metrics.packetsRejected;
    const pool = Array.from({ length: 64 }, (_, i) => new Uint8Array(i * 20));
    let memory = 0;
    for (let i = 0; i < 1_000_000; i++) {
      const source = i % 2 === 0 ? undefined : seen[random() % seen.length];
      const bytes = source?.slice() ?? pool[random() % pool.length] ?? new Uint8Array(0);
      const flips = source === undefined ? 12 : 1 + (random() % 4);
      for (let flip = 0; flip < flips && bytes.length > 0; flip++) {
        const at = random() % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 + (random() % 255));
      }
      if (source === undefined && bytes.length > 0) bytes[0] = random() % 7;
      hit(bytes);
      if (i === 100_000) memory = process.memoryUsage().heapUsed;
    }
    expect(process.memoryUsage().heapUsed - memory).toBeLessThan(30 * 1024 * 1024);
    // Two flips of one byte may undo each other: then the packet is a duplicate, which is harmless.
    expect(a.session.metrics.packetsRejected - before).toBeGreaterThan(999_000);
    expect(a.session.frame).toBe(frame);
    expect(a.session.confirmedFrame).toBe(confirmed);
    match.runToEnd(60_000);
    expect(findDisagreement(match)).toBeUndefined();
  });

  it('with a valid seal but senseless content never throw', { timeout: 60_000 }, () => {
    for (const playerCount of [2, 3]) {
      let key = 0;
      let inbox: Uint8Array | undefined;
      const transport = {
        send: () => {},
        receive: () => {
          const bytes = inbox;
          inbox = undefined;
          return bytes;
        },
      };
      const remotes = Array.from({ length: playerCount - 1 }, (_, i) => ({ players: [i + 1], transport }));
      const game = createToyGame({ playerCount });
      const session = createSession({
        game,
        playerCount,
        localPlayers: [0],
        remotes,
        inputDelayFrames: 2,
        digest: 7,
        random: () => 42,
      });
      const random = seededRandom(playerCount);
      const inputs = new Uint8Array(2);
      for (let i = 0; i < 100_000; i++) {
        const bytes = new Uint8Array(HEADER_BYTES + (random() % 60));
        for (let at = 0; at < bytes.length; at++) bytes[at] = random() % 3 === 0 ? random() : random() % 4;
        bytes[0] = 1 + (random() % 4);
        if (i < 50) {
          // A well-formed handshake first: version 1, nonce 9, our nonce, digest, counts and mask.
          bytes.set([1]);
          const hello = Uint8Array.from([
            1,
            0,
            0,
            0,
            0,
            1,
            9,
            0,
            0,
            0,
            42,
            0,
            0,
            0,
            7,
            0,
            0,
            0,
            playerCount,
            2,
            2,
            3,
            0,
            0,
            0,
            0,
          ]);
          seal(hello, hello.length, 0x41724331);
          inbox = hello;
        } else {
          key = (Math.imul(9 ^ 7, 0x9e3779b1) ^ Math.imul(42, 0x85ebca77)) >>> 0;
          seal(bytes, bytes.length, key);
          inbox = bytes;
        }
        session.poll(i);
        session.advance(i, inputs);
        session.takeEvent();
      }
      if (playerCount === 2) expect(session.phase).toBe('running');
      expect(session.metrics.packetsIn).toBeGreaterThan(90_000);
    }
  });

  it('larger than a packet can be are refused, and no packet of ours is that large', () => {
    let largest = 0;
    const match = new VirtualMatch({
      seed: 8,
      profile: { latencyMs: 60 },
      frames: 400,
      inputBytes: 8,
      peers: [[0, 1, 2], [3]],
      restlessness: 40,
      stateBytes: 8000,
      session: { predictionFrames: 60 },
    });
    const [a, b] = match.hosts;
    const [near, far] = match.network.link({ latencyMs: 60 });
    const measured = {
      ...near,
      send: (bytes: Uint8Array) => {
        largest = Math.max(largest, bytes.length);
        near.send(bytes);
      },
    };
    a?.session.replaceTransport(3, measured);
    b?.session.replaceTransport(0, far);
    match.network.partition(3000, 5000);
    a?.session.setInputDelay(30);
    match.runToEnd(60_000);
    expect(findDisagreement(match)).toBeUndefined();
    expect(largest).toBeGreaterThan(1000);
    expect(largest).toBeLessThanOrEqual(MAX_PACKET_BYTES);
  });
});
