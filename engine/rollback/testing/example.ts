import { FRAME_MS } from '../frame-rate';
import { hashWords } from '../hash-words';
import { createSession, type Session } from '../session';
import type { Game, Transport } from '../types';

/** Two dots that run left (1) or right (2). Everything that matters is in one array. */
function createDots(): Game {
  const words = new Int32Array(16); // [0] frame, [1] and [2] positions
  return {
    state: new Uint8Array(words.buffer),
    inputBytes: 1,
    advance(inputs) {
      words[0] = (words[0] ?? 0) + 1;
      for (let player = 0; player < 2; player++) {
        const step = inputs[player] === 1 ? -3 : inputs[player] === 2 ? 3 : 0;
        words[player + 1] = (words[player + 1] ?? 0) + step;
      }
    },
    checksum: () => hashWords(words),
    describe: (offset) => ['frame', 'left dot', 'right dot'][offset >> 2] ?? 'unused',
  };
}

/** Two mailboxes that deliver after five ticks and lose every tenth datagram. In a browser: an RTCDataChannel. */
function createLink(clock: { tick: number }): [Transport, Transport] {
  const boxes: { due: number; bytes: Uint8Array }[][] = [[], []];
  let sent = 0;
  const end = (to: number, from: number): Transport => ({
    send(bytes) {
      if (++sent % 10 !== 0) boxes[to]?.push({ due: clock.tick + 5, bytes: bytes.slice() });
    },
    receive() {
      const box = boxes[from];
      return box?.[0] !== undefined && box[0].due <= clock.tick ? box.shift()?.bytes : undefined;
    },
  });
  return [end(1, 0), end(0, 1)];
}

/** Plays ten seconds between two peers and tells how it went. */
export function playExample(): { frames: number; checksums: (number | undefined)[]; rollbacks: number[] } {
  const clock = { tick: 0 };
  const sessions: Session[] = createLink(clock).map((transport, player) =>
    createSession({
      game: createDots(),
      playerCount: 2,
      localPlayers: [player],
      remotes: [{ players: [1 - player], transport }],
      inputDelayFrames: 2,
      digest: 0xd075, // changes whenever the rules do
      random: () => 1000 + player, // in a browser: crypto.getRandomValues
    }),
  );
  while (sessions.some((session) => session.confirmedFrame < 599)) {
    const nowMs = ++clock.tick * FRAME_MS;
    for (const [player, session] of sessions.entries()) {
      session.poll(nowMs);
      if (session.frame < 600) session.advance(nowMs, Uint8Array.of(((clock.tick >> (4 + player)) % 2) + 1));
    }
  }
  const checksums = sessions.map((session) => session.checksumAt(599));
  return { frames: 600, checksums, rollbacks: sessions.map((session) => session.metrics.rollbacks) };
}
