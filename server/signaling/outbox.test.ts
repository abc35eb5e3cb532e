import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox';

function setup(limits = { maxMessages: 4, maxBytes: 1000 }) {
  const sent: string[] = [];
  const cuts: string[] = [];
  const line = { congested: false };
  const outbox = new Outbox<string>(
    {
      write: (message) => sent.push(message),
      isCongested: () => line.congested,
      cut: (why) => cuts.push(why),
    },
    limits,
  );
  return { outbox, sent, cuts, line };
}

describe('the outbox of a connection', () => {
  it('sends at once while the socket keeps up', () => {
    const { outbox, sent } = setup();
    outbox.send('a');
    outbox.sendLatest(() => 'b');
    outbox.sendIfClear('c');
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('keeps order and the newest lobby only, while the socket is stuck', () => {
    const { outbox, sent, line } = setup();
    line.congested = true;
    outbox.send('a');
    outbox.sendLatest(() => 'lobby 1');
    outbox.send('b');
    outbox.sendLatest(() => 'lobby 2');
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
    ['messages', { maxMessages: 4, maxBytes: 1_000_000 }, 'x'],
    ['bytes', { maxMessages: 1000, maxBytes: 400 }, 'x'.repeat(98)],
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

  it('never holds more than its limits, loses or reorders nothing that is critical', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('send' as const), size: fc.nat(60) }),
      fc.constant({ do: 'latest' as const, size: 0 }),
      fc.constant({ do: 'stick' as const, size: 0 }),
      fc.constant({ do: 'drain' as const, size: 0 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const limits = { maxMessages: 5, maxBytes: 300 };
        const { outbox, sent, cuts, line } = setup(limits);
        const critical: string[] = [];
        for (const [index, { do: what, size }] of steps.entries()) {
          if (what === 'send') {
            const message = `${index} ${'x'.repeat(size)}`;
            if (cuts.length === 0) critical.push(message);
            outbox.send(message);
          } else if (what === 'latest') outbox.sendLatest(() => `lobby ${index}`);
          else {
            line.congested = what === 'stick';
            if (what === 'drain') outbox.flush();
          }
          expect(outbox.waiting.messages).toBeLessThanOrEqual(limits.maxMessages + 1);
          expect(outbox.waiting.bytes).toBeLessThanOrEqual(limits.maxBytes);
        }
        line.congested = false;
        outbox.flush();
        const arrived = sent.filter((message) => !message.startsWith('lobby'));
        expect(arrived).toEqual(critical.slice(0, arrived.length));
        if (cuts.length === 0) expect(arrived).toEqual(critical);
      }),
    );
  });
});
