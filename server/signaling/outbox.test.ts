import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox';

function setup(never = { messages: 4, bytes: 1000 }, oldest = { messages: 3, bytes: 1000 }) {
  const sent: string[] = [];
  const cuts: string[] = [];
  const dropped: string[] = [];
  const line = { congested: false };
  const outbox = new Outbox<string>(
    {
      write: (message) => sent.push(message),
      isCongested: () => line.congested,
      cut: (why) => cuts.push(why),
      classOf: (message) =>
        message.startsWith('delta') ? 'oldest' : message.startsWith('lobby') ? 'latest' : 'never',
      subjectOf: () => 'lobby',
      sizeOf: (message) => message.length + 2,
      dropped: (message) => dropped.push(message),
    },
    { never, oldest },
  );
  return { outbox, sent, cuts, dropped, line };
}

describe('the outbox of a connection', () => {
  it('sends at once while the socket keeps up', () => {
    const { outbox, sent } = setup();
    outbox.send('a');
    outbox.sendLatest('lobby', () => 'b');
    outbox.sendIfClear('c');
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('keeps order and the newest lobby only, while the socket is stuck', () => {
    const { outbox, sent, line } = setup();
    line.congested = true;
    outbox.send('a');
    outbox.sendLatest('lobby', () => 'lobby 1');
    outbox.send('b');
    outbox.sendLatest('lobby', () => 'lobby 2');
    outbox.sendIfClear('echo');
    expect(sent).toEqual([]);
    expect(outbox.waiting.messages).toBe(3);
    line.congested = false;
    // What comes meanwhile may not overtake what waits.
    outbox.send('c');
    outbox.flush();
    expect(sent).toEqual(['a', 'b', 'c', 'lobby 2']);
    expect(outbox.waiting).toEqual({ messages: 0, bytes: 0 });
  });

  it.each([
    ['messages', { messages: 4, bytes: 1_000_000 }, 'x'],
    ['bytes', { messages: 1000, bytes: 400 }, 'x'.repeat(98)],
  ])('cuts a reader that is too slow for what may not be lost, by %s', (_by, limits, message) => {
    const { outbox, sent, cuts, line } = setup(limits);
    line.congested = true;
    for (let i = 0; i < 4; i += 1) outbox.send(message);
    expect(cuts).toEqual([]);
    outbox.send(message);
    expect(cuts).toHaveLength(1);
    outbox.send(message);
    line.congested = false;
    outbox.flush();
    expect(cuts).toHaveLength(1);
    expect(sent).toEqual([]);
  });

  it('SIG-22: what is worth less the older it is goes for the newest, and never cuts anybody', () => {
    const { outbox, sent, cuts, dropped, line } = setup();
    line.congested = true;
    outbox.send('offer 1');
    for (let i = 1; i <= 5; i += 1) outbox.send(`delta ${i}`);
    outbox.send('offer 2');
    expect(dropped).toEqual(['delta 1', 'delta 2']);
    expect(outbox.dropped).toBe(2);
    expect(outbox.waiting.messages).toBe(5);
    line.congested = false;
    outbox.flush();
    expect(sent).toEqual(['offer 1', 'delta 3', 'delta 4', 'delta 5', 'offer 2']);
    expect(cuts).toEqual([]);
  });

  it('SIG-22: forgets what has become useless, and only that', () => {
    const { outbox, sent, line } = setup();
    line.congested = true;
    for (const message of ['delta 1', 'offer', 'delta 2', 'lobby']) outbox.send(message);
    expect(outbox.holdsLatest('lobby')).toBe(true);
    outbox.discard((message) => message.startsWith('delta'));
    expect(outbox.waiting).toEqual({ messages: 2, bytes: 7 });
    line.congested = false;
    outbox.flush();
    expect(sent).toEqual(['offer', 'lobby']);
    expect(outbox.waiting).toEqual({ messages: 0, bytes: 0 });
    expect(outbox.dropped).toBe(2);
  });

  it('never holds more than its limits, loses or reorders nothing that is critical', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('send' as const), size: fc.nat(60) }),
      fc.constant({ do: 'latest' as const, size: 0 }),
      fc.record({ do: fc.constant('delta' as const), size: fc.nat(60) }),
      fc.constant({ do: 'stick' as const, size: 0 }),
      fc.constant({ do: 'drain' as const, size: 0 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const limits = { messages: 5, bytes: 300 };
        const { outbox, sent, cuts, line } = setup(limits, limits);
        const critical: string[] = [];
        for (const [index, { do: what, size }] of steps.entries()) {
          if (what === 'send') {
            const message = `${index} ${'x'.repeat(size)}`;
            if (cuts.length === 0) critical.push(message);
            outbox.send(message);
          } else if (what === 'delta') outbox.send(`delta ${index} ${'x'.repeat(size)}`);
          else if (what === 'latest') outbox.sendLatest('lobby', () => `lobby ${index}`);
          else {
            line.congested = what === 'stick';
            if (what === 'drain') outbox.flush();
          }
          expect(outbox.waiting.messages).toBeLessThanOrEqual(2 * limits.messages + 1);
          expect(outbox.waiting.bytes).toBeLessThanOrEqual(2 * limits.bytes);
        }
        line.congested = false;
        outbox.flush();
        const numbers = sent
          .filter((message) => message.startsWith('delta'))
          .map((message) => Number(message.split(' ')[1]));
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        const arrived = sent.filter((message) => !/^(lobby|delta)/.test(message));
        expect(arrived).toEqual(critical.slice(0, arrived.length));
        if (cuts.length === 0) expect(arrived).toEqual(critical);
      }),
    );
  });
});
