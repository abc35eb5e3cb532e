import { describe, expect, it } from 'vitest';
import { createBroadcast } from './broadcast';
import { HEADER_BYTES, HELLO_KEY, PacketType, seal } from './packet';
import { createSpectator } from './spectator';
import { straightChecksums } from './testing/oracle';
import { seededRandom } from './testing/random';
import { createToyGame } from './testing/toy-game';
import { VirtualMatch, type VirtualMatchOptions } from './testing/virtual-match';

const frames = 1500;

/** A match that one viewer comes into after some seconds, over a link of its own. */
function watch(options: {
  joinMs: number;
  loss?: number;
  stateBytes?: number;
  digest?: number;
  match?: Partial<VirtualMatchOptions>;
  gapMs?: [number, number];
  leaveAtFrame?: number;
}) {
  const stateBytes = options.stateBytes ?? 64;
  const match = new VirtualMatch({
    seed: 21,
    profile: { latencyMs: 40, jitterMs: 10 },
    frames,
    stateBytes,
    ...options.match,
  });
  const [host] = match.hosts;
  if (host === undefined) throw new Error('a host expected');
  const [near, far] = match.network.link({ latencyMs: 60, jitterMs: 30, loss: options.loss ?? 0 });
  const game = createToyGame({ stateBytes });
  const digest = options.digest ?? 1;
  const shared = { playerCount: 2, inputBytes: 2, stateBytes };
  const broadcast = createBroadcast({ ...shared, source: host.session, transport: near, digest: 1 });
  const spectator = createSpectator({ game, playerCount: 2, transport: far, digest, nonce: 77 });
  match.onStep = ({ index, session }) => {
    if (index === 1 && session.frame === options.leaveAtFrame) session.leave();
  };
  const checksums = new Map<number, number>();
  const events = [];
  for (let ms = 0; ms < 40_000; ms += 16) {
    match.runUntil(ms);
    broadcast.poll(ms);
    if (ms < options.joinMs || (options.gapMs && ms > options.gapMs[0] && ms < options.gapMs[1])) continue;
    spectator.poll(ms);
    for (let n = spectator.catchUpFrames(); n >= 0; n--) {
      if (spectator.advance()) checksums.set(spectator.frame - 1, game.checksum());
    }
    for (let event = spectator.takeEvent(); event !== undefined; event = spectator.takeEvent())
      events.push(event);
  }
  return { match, host, spectator, checksums, events };
}

describe('a spectator', { timeout: 30_000 }, () => {
  it('who comes in the middle sees every frame from there to the end, as it was', () => {
    for (const { loss, stateBytes } of [
      { loss: 0, stateBytes: 64 },
      { loss: 0.2, stateBytes: 9000 },
    ]) {
      const { match, host, spectator, checksums, events } = watch({ joinMs: 8000, loss, stateBytes });
      const first = Math.min(...checksums.keys());
      expect(events).toEqual([{ type: 'joined', frame: first }]);
      expect(first).toBeGreaterThan(400);
      expect(spectator.frame).toBe(frames);
      expect(checksums.size).toBe(frames - first);
      const oracle = straightChecksums(match, host, frames);
      for (const [frame, checksum] of checksums) expect(checksum).toBe(oracle[frame]);
    }
  });

  it('who was away for longer than the history comes back with a new state', () => {
    const session = { historyFrames: 256 };
    const { match, host, checksums, events, spectator } = watch({
      joinMs: 2000,
      gapMs: [5000, 14_000],
      match: { session },
    });
    expect(events.map((event) => event.type)).toEqual(['joined', 'joined']);
    expect(spectator.frame).toBe(frames);
    const oracle = straightChecksums(match, host, frames);
    for (const [frame, checksum] of checksums) expect(checksum).toBe(oracle[frame]);
  });

  it('with other rules is told so', () => {
    const { spectator, events } = watch({ joinMs: 1000, digest: 2 });
    expect(spectator.phase).toBe('ended');
    expect(events).toEqual([{ type: 'incompatible', reason: expect.stringContaining('other rules') }]);
  });

  it('sees a leaver leave at the same frame', () => {
    const { match, host, spectator, checksums } = watch({ joinMs: 3000, leaveAtFrame: 700 });
    expect(host.session.departedAfter(1)).toBeGreaterThan(690);
    expect(spectator.frame).toBe(frames);
    const oracle = straightChecksums(match, host, frames);
    for (const [frame, checksum] of checksums) expect(checksum).toBe(oracle[frame]);
  });

  it('and its sender survive any datagram, well sealed or not', () => {
    const random = seededRandom(31);
    const inboxes: (Uint8Array | undefined)[] = [undefined, undefined];
    const transport = (which: number) => ({
      send: () => {},
      receive: () => {
        const bytes = inboxes[which];
        inboxes[which] = undefined;
        return bytes;
      },
    });
    const match = new VirtualMatch({ seed: 2, profile: { latencyMs: 20 }, frames: 300 });
    match.runToEnd(20_000);
    const [host] = match.hosts;
    if (host === undefined) throw new Error('a host expected');
    const shared = { playerCount: 2, inputBytes: 2, stateBytes: 64, digest: 1 };
    const broadcast = createBroadcast({ ...shared, source: host.session, transport: transport(0) });
    const spectator = createSpectator({
      ...shared,
      game: createToyGame(),
      transport: transport(1),
      nonce: 77,
    });
    for (let i = 0; i < 100_000; i++) {
      const bytes = new Uint8Array(HEADER_BYTES + (random() % 100));
      for (let at = 0; at < bytes.length; at++) bytes[at] = random() % 3 === 0 ? random() : random() % 3;
      // A refusal ends the watching, so it is left out.
      bytes[0] = 2 + (random() % 5);
      seal(bytes, bytes.length, bytes[0] === PacketType.watch ? HELLO_KEY : 77);
      inboxes[i % 2] = bytes;
      broadcast.poll(i);
      spectator.poll(i);
      spectator.advance();
    }
    expect(spectator.phase).not.toBe('ended');
  });
});
