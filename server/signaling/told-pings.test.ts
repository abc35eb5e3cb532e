import { expect, it } from 'vitest';
import { ToldPings } from './told-pings';

it('other nodes are told of a ping first, and again when it is a fifth otherwise', () => {
  const pings = new ToldPings();
  const line: { traffic: { rttMs: number | null } } = { traffic: { rttMs: null } };
  const told = [null, 40.4, 47, 33, 49, 49.2, null].map((rttMs) => {
    line.traffic.rttMs = rttMs;
    pings.look(line);
    return pings.of(line);
  });
  expect(told).toEqual([undefined, 40, 40, 40, 49, 49, 49]);
});
