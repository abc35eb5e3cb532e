import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors';
import { startTestRedis, type TestRedis } from '../tournaments/queue/testing/redis';
import type { Cluster } from './cluster';
import { createLocalCluster } from './local';
import { joinRedisCluster } from './redis/redis-cluster';
import { SharedMap } from './shared-map';

const log = pino({ level: 'silent' });
const WAIT = { timeout: 12_000, interval: 20 };

describe('the arcade of one process', () => {
  it('owns everything and waits for nobody', async () => {
    const { nodes, ownership } = createLocalCluster();
    expect(nodes).toMatchObject({ isShared: false, isCounted: true });
    expect(nodes.others()).toEqual([]);
    expect(await ownership.claim('x')).toBe(nodes.own);
    expect(await ownership.find('never claimed')).toBe(nodes.own);
  });

  it('has a shared map that is its own', async () => {
    const map = mapOf(createLocalCluster());
    await map.ready;
    map.set('a', 1);
    expect(map.entries('a')).toMatchObject([{ value: 1 }]);
    expect(map.elsewhere('a')).toEqual([]);
  });
});

function mapOf(cluster: Cluster, heard: unknown[] = []) {
  return new SharedMap({
    cluster,
    name: 'test',
    schema: z.int(),
    changed: (key, _nodeId, after, before) => heard.push([key, before, after]),
  });
}

describe('several nodes with a Redis', () => {
  let redis: TestRedis;
  const joined: Cluster[] = [];
  const join = async (arcade = 'one', url = redis.url) => {
    const cluster = await joinRedisCluster({ url, arcade, log });
    joined.push(cluster);
    return cluster;
  };
  const pair = async (): Promise<[Cluster, Cluster]> => {
    const [one, two] = [await join(), await join()];
    await vi.waitFor(() => expect(one.nodes.others()).toEqual([two.nodes.own]), WAIT);
    return [one, two];
  };
  beforeEach(async () => {
    redis = await startTestRedis();
  });
  afterEach(async () => {
    await Promise.all(joined.splice(0).map((cluster) => cluster.close()));
    await redis.stop();
  });

  it('see each other come and go', async () => {
    const [one, two] = await pair();
    const gone = vi.fn();
    one.nodes.onGone(gone);
    await two.close();
    await vi.waitFor(() => expect(gone).toHaveBeenCalledWith(two.nodes.own), { timeout: 500 });
    expect(one.nodes.others()).toEqual([]);
  });

  it('SIG-40: neither see, hear nor hold up those of another arcade on the same Redis', async () => {
    const [one, two] = await pair();
    const other = await join('another', `${redis.url}/3`);
    const heard = vi.fn();
    other.bus.hear('word', heard);
    const answered = new Promise((resolve) => two.bus.hear('word', resolve));
    one.bus.tellAll('word', 'hello');
    expect(await answered).toBe('hello');
    expect(await one.ownership.claim('s')).toBe(one.nodes.own);
    const same = await join('another');
    expect(await same.ownership.claim('s')).toBe(same.nodes.own);
    expect(one.nodes.others()).toEqual([two.nodes.own]);
    expect(other.nodes.others()).not.toContain(one.nodes.own);
    expect(heard).not.toHaveBeenCalled();
  });

  it('tell and ask each other, bytes and refusals included, in order', async () => {
    const [one, two] = await pair();
    const heard: unknown[] = [];
    two.bus.hear('count', (data) => heard.push(data));
    two.bus.answer('double', async (data) => {
      heard.push('asked');
      const bytes = z.instanceof(Uint8Array).parse(data);
      if (bytes.length === 0)
        throw new AppError('CONFLICT', 'Nothing to double.', { detail: { sessionId: 's' } });
      return bytes.map((byte) => byte * 2);
    });
    for (let n = 0; n < 100; n += 1) one.bus.tell(two.nodes.own, 'count', n);
    one.bus.tellAll('count', 100);
    expect(await one.bus.ask(two.nodes.own, 'double', new Uint8Array([1, 2]))).toEqual(
      new Uint8Array([2, 4]),
    );
    expect(heard).toEqual([...Array.from({ length: 101 }, (_, n) => n), 'asked']);
    await expect(one.bus.ask(two.nodes.own, 'double', new Uint8Array())).rejects.toMatchObject({
      code: 'CONFLICT',
      detail: { sessionId: 's' },
    });
    await expect(one.bus.ask(two.nodes.own, 'nothing', null)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const tooMuch = new Uint8Array(9 * 1024 * 1024);
    await expect(one.bus.ask(two.nodes.own, 'double', tooMuch)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('of those who claim something at once one gets it, and keeps it while it lives', async () => {
    const [one, two] = await pair();
    const claims = await Promise.all(
      Array.from({ length: 40 }, (_, n) => (n % 2 ? one : two).ownership.claim('s')),
    );
    const [owner] = claims;
    expect(new Set(claims).size).toBe(1);
    const [holder, other] = owner === one.nodes.own ? [one, two] : [two, one];
    expect(await other.ownership.find('s')).toBe(owner);
    await holder.close();
    expect(await other.ownership.find('s')).toBeUndefined();
    expect(await other.ownership.claim('s')).toBe(other.nodes.own);
  });

  it('what is let go of is free', async () => {
    const [one, two] = await pair();
    await one.ownership.claim('s');
    two.ownership.release('s');
    expect(await two.ownership.claim('s')).toBe(one.nodes.own);
    one.ownership.release('s');
    await vi.waitFor(async () => expect(await two.ownership.find('s')).toBeUndefined(), WAIT);
    expect(await two.ownership.claim('s')).toBe(two.nodes.own);
  });

  it('share a map: what was there before, what changes, and what goes with a node', async () => {
    const one = await join();
    const heardByOne: unknown[] = [];
    const mapOne = mapOf(one, heardByOne);
    mapOne.set('old', 1);
    const two = await join();
    const heard: unknown[] = [];
    const mapTwo = mapOf(two, heard);
    await mapTwo.ready;
    expect(mapTwo.elsewhere('old')).toEqual([{ nodeId: one.nodes.own, value: 1 }]);
    mapOne.set('new', 2);
    mapOne.set('new', 2);
    mapOne.set('old', 3);
    mapOne.delete('new');
    mapTwo.set('own', 4);
    await vi.waitFor(() => expect(mapOne.elsewhere('own')).toHaveLength(1), WAIT);
    await vi.waitFor(() => expect(heard).toHaveLength(4), WAIT);
    expect(heard).toEqual([
      ['old', undefined, 1],
      ['new', undefined, 2],
      ['old', 1, 3],
      ['new', 2, undefined],
    ]);
    await two.close();
    await vi.waitFor(() => expect(heardByOne.at(-1)).toEqual(['own', 4, undefined]), WAIT);
  });

  it('find each other again when a Redis that forgot everything is back, and lose nothing of theirs', async () => {
    const [one, two] = await pair();
    const gone = vi.fn();
    for (const { nodes } of [one, two]) nodes.onGone(gone);
    const [mapOne, mapTwo] = [mapOf(one), mapOf(two)];
    mapOne.set('a', 1);
    await vi.waitFor(() => expect(mapTwo.elsewhere('a')).toHaveLength(1), WAIT);
    await redis.kill();
    await vi.waitFor(() => expect(one.nodes.isCounted).toBe(false), WAIT);
    await expect(one.ownership.claim('s')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    // What is told while nobody can hear it is made up for.
    mapOne.set('a', 2);
    mapOne.set('b', 1);
    await redis.start();
    await vi.waitFor(() => expect(one.nodes.isCounted && two.nodes.isCounted).toBe(true), WAIT);
    await vi.waitFor(() => expect(mapTwo.elsewhere('b')).toHaveLength(1), WAIT);
    expect(mapTwo.elsewhere('a')).toMatchObject([{ value: 2 }]);
    expect(gone).not.toHaveBeenCalled();
  }, 40_000);
});
