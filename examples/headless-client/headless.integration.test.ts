import * as msgpack from 'socket.io-msgpack-parser';
import { expect, it } from 'vitest';
import { metricsText } from '../../server/metrics';
import { addPlayer } from '../../server/sessions/testing/players';
import { arcadeOfEachTest, type TestArcade } from '../../server/signaling/testing/arcade';
import { runProgram } from './program';

/** Time runs this much faster than on the wall, for both and for the judge. */
const SPEED = 3;

let arcade: TestArcade;

arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

it('two programs fight a whole match over WebRTC, one in JSON and one in msgpack, and the judge agrees with both', {
  timeout: 90_000,
}, async () => {
  const [one, two] = [await addPlayer(arcade.db, 'Waits'), await addPlayer(arcade.db, 'Asks')];
  const now = () => performance.now() * SPEED;
  let shownMs = now();
  const passing = setInterval(() => {
    const ms = now();
    arcade.clock.advance(Math.floor(ms - shownMs));
    shownMs += Math.floor(ms - shownMs);
  }, 10);
  const common = { url: arcade.url, characterId: 1, now, log: () => undefined };
  try {
    const [waiting, asking] = await Promise.all([
      runProgram({ ...common, getToken: async () => one, challenge: undefined, level: undefined }),
      runProgram({ ...common, getToken: async () => two, challenge: 'Waits', level: 85, msgpack }),
    ]);
    expect(asking.verdict).toMatchObject({ winner: 1, reason: 'knockout' });
    expect(waiting.verdict).toEqual(asking.verdict);
    const { frames, checksum } = asking.verdict;
    expect(frames).toBeGreaterThan(300);
    expect(asking.end).toEqual({ frames, checksum });
    expect(waiting.end).toEqual({ frames, checksum });
    // They guessed at each other's inputs, and guessed wrong now and then.
    expect(waiting.rolledBack).toBeGreaterThan(0);
    // Each told its own column of the whole fight, signed, and the server took it all.
    const { text } = await metricsText();
    const codes = [...text.matchAll(/event="own_inputs",code="(\w+)"} (\d+)/g)].map(([, code]) => code);
    expect(codes).toEqual(['ok']);
  } finally {
    clearInterval(passing);
  }
});
