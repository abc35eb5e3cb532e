import { createTRPCClient } from '@trpc/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTestProxy, type TestProxy } from '@/server/http/testing/proxy';
import { startTestWeb, type TestWeb } from '@/server/http/testing/web';
import { closeStreams } from '@/server/streams/streams';
import { FetchEventSource } from '@/server/streams/testing/fetch-event-source';
import { numberedState } from '@/server/streams/testing/scripted-game';
import type { AppRouter } from '@/server/trpc/root';
import type { LiveLine } from './live-line';
import { liveLink } from './live-link';

let web: TestWeb;
let proxy: TestProxy;
const lines: LiveLine[] = [];
let fights = 0;

beforeAll(async () => {
  // What a browser has, and Node has not.
  vi.stubGlobal('WebSocket', WebSocket);
  vi.stubGlobal('EventSource', FetchEventSource);
  web = await startTestWeb();
});
afterAll(() => web.close());
beforeEach(async () => {
  proxy = await startTestProxy(web.port);
});
afterEach(async () => {
  for (const line of lines.splice(0)) line.close();
  await proxy.close();
});

/** Follows a fight as a page does. */
function follow() {
  const client = createTRPCClient<AppRouter>({
    links: [
      liveLink({
        url: `${proxy.origin}/api/trpc`,
        onLine: (line) => lines.push(line),
      }),
    ],
  });
  const timers: number[] = [];
  const kinds: string[] = [];
  const errors: unknown[] = [];
  const changes = new EventTarget();
  const changed = () => changes.dispatchEvent(new Event('change'));
  fights += 1;
  const subscription = client.match.stateStream.subscribe(
    { matchId: `fight-${fights}`, player1Id: 1, player2Id: 2 },
    {
      onData({ data }) {
        kinds.push(data.type);
        if ('states' in data) timers.push(...data.states.map(({ timer }) => timer));
        changed();
      },
      onConnectionStateChange({ state, error }) {
        if (state === 'connecting' && error) kinds.push('line lost');
        changed();
      },
      onError(error) {
        errors.push(error);
        changed();
      },
    },
  );
  return {
    timers,
    kinds,
    errors,
    async until(isSo: () => boolean) {
      while (!isSo())
        await new Promise((resolve) => changes.addEventListener('change', resolve, { once: true }));
    },
    leave: () => subscription.unsubscribe(),
  };
}

/** Nobody waits for whoever may come back. */
async function closed(): Promise<void> {
  await closeStreams();
  await web.game.closed();
}

const six = () => new Promise((resolve) => setTimeout(resolve, 6_000));

describe.each(['up', 'no upgrades'] as const)('STREAM-9: a viewer behind a proxy that is %s', (mode) => {
  it('goes on from where it was within 10 s after 502 for 6 s, without an error', async () => {
    proxy.set(mode);
    const fight = follow();
    await web.game.opened();
    web.game.send(numberedState(1), numberedState(2));
    await fight.until(() => fight.timers.includes(2));
    expect(web.lines.size()).toBe(mode === 'up' ? 1 : 0);
    proxy.set('down');
    await fight.until(() => fight.kinds.includes('line lost'));
    web.game.send(numberedState(3));
    await six();
    web.game.send(numberedState(4));
    proxy.set(mode);
    const back = performance.now();
    await fight.until(() => fight.timers.includes(4));
    expect(performance.now() - back).toBeLessThan(10_000);
    expect(fight.timers).toEqual([1, 2, 3, 4]);
    expect(fight.kinds).not.toContain('snapshot');
    expect(fight.errors).toEqual([]);
    fight.leave();
    await closed();
  });
});

describe('a viewer', () => {
  it('STREAM-8: has one line for all that it watches, which closes when it watches nothing', async () => {
    const fight = follow();
    await web.game.opened();
    web.game.send(numberedState(1));
    await fight.until(() => fight.timers.length > 0);
    expect(proxy.open).toBe(1);
    fight.leave();
    await closed();
    lines[0]?.close();
    expect(fight.errors).toEqual([]);
  });

  it('changes to requests, and back to a line, without losing or repeating anything', async () => {
    proxy.set('no upgrades');
    const fight = follow();
    await web.game.opened();
    web.game.send(numberedState(1));
    await fight.until(() => fight.timers.length > 0);
    expect(web.lines.size()).toBe(0);
    proxy.set('up');
    const [line] = lines;
    const usable = new Promise<void>((resolve) => line?.onUsable(resolve));
    line?.tryAgain();
    await usable;
    web.game.send(numberedState(2));
    await fight.until(() => fight.timers.includes(2));
    expect(web.lines.size()).toBe(1);
    expect(fight.timers).toEqual([1, 2]);
    fight.leave();
    await closed();
  });

  it('STREAM-10: is told at once when a limit refuses it, and does not insist', async () => {
    const refused = createTRPCClient<AppRouter>({
      links: [liveLink({ url: `${proxy.origin}/api/trpc`, onLine: (line) => lines.push(line) })],
    });
    const error = await new Promise((resolve) => {
      refused.match.stateStream.subscribe({ matchId: 'not an id' }, { onError: resolve });
    });
    expect(error).toMatchObject({ data: { code: 'BAD_REQUEST' } });
  });
});
