import { beforeEach, expect, it } from 'vitest';
import type { ServerEventName, ServerPayloads } from '../proto/signaling-payloads';
import { createQuickMatch, type QuickWait } from './quick-match';
import type { Signaling } from './signaling';

const STATUS = { rating: 1500, window: 60, waitingMs: 0, estimateMs: null, others: 0, characterId: 2 };
const READY = { playerId: 'ada', playerName: 'Ada', protocolVersion: 1, iceServers: [] };

let listeners: Map<string, (payload: never) => void>;
let sent: string[];
let refusal: Error | undefined;
let wait: QuickWait | null;
let quickMatch: ReturnType<typeof createQuickMatch>;

const deliver = <E extends ServerEventName>(event: E, payload: ServerPayloads[E]) =>
  listeners.get(event)?.(payload as never);

beforeEach(() => {
  listeners = new Map();
  sent = [];
  refusal = undefined;
  wait = null;
  const signaling = {
    async send(event: string) {
      sent.push(event);
      if (refusal) throw refusal;
      return { ok: true, status: STATUS };
    },
    on(event: string, listener: (payload: never) => void) {
      listeners.set(event, listener);
      return () => undefined;
    },
  } as unknown as Pick<Signaling, 'on' | 'send'>;
  quickMatch = createQuickMatch(signaling, (told) => {
    wait = told;
  });
  deliver('ready', READY);
});

it('keeps the wish over a lost line, and nothing of one person for the next', async () => {
  await quickMatch.join(2);
  expect(wait).toMatchObject(STATUS);
  deliver('ready', READY);
  expect(sent).toEqual(['join_quick_match', 'join_quick_match']);
  deliver('ready', { ...READY, playerId: 'mina' });
  expect(wait).toBeNull();
  expect(sent).toHaveLength(2);
});

it('after a reload the server says that this player waits', () => {
  deliver('quick_match_status', { state: 'waiting', ...STATUS, waitingMs: 9_000 });
  expect(wait).toMatchObject({ waitingMs: 9_000, characterId: 2 });
  deliver('quick_match_status', { state: 'left', reason: 'gone' });
  expect(wait).toBeNull();
});

it('wishes for nothing any more once somebody is there, or a place was refused', async () => {
  const joined = quickMatch.join(2);
  deliver('quick_match_status', { state: 'left', reason: 'matched' });
  await joined;
  expect(wait).toBeNull();
  refusal = new Error('refused');
  await expect(quickMatch.join(2)).rejects.toThrow('refused');
  deliver('ready', READY);
  expect(wait).toBeNull();
  expect(sent).toHaveLength(2);
});
