import { expect, it, vi } from 'vitest';
import { createRelayPipe, type Newcomer } from './relay-pipe';

/** Two ends that the server connects. */
function pipes() {
  const heard = { signatures: [] as Uint8Array[], newcomers: [] as Newcomer[], times: 0 };
  const sent: Uint8Array[] = [];
  const listeners = {
    onHeard() {
      heard.times += 1;
    },
    onSignature: (message: Uint8Array) => void heard.signatures.push(message),
    onNewcomer: (newcomer: Newcomer) => void heard.newcomers.push(newcomer),
  };
  const far = createRelayPipe({ ...listeners, send: () => undefined });
  const near = createRelayPipe({
    ...listeners,
    send(data) {
      sent.push(data);
      far.hear(data);
    },
  });
  return { near, far, heard, sent };
}

it('PEER-11: datagrams of the relay say by their first byte what they are', () => {
  const { near, far, heard, sent } = pipes();
  near.probe();
  near.transport.send(Uint8Array.of(5, 6));
  near.sendSignature(new Uint8Array(68).fill(7));
  near.announce({ base: 700, nonce: 0xfffffffe });
  expect(sent.map((data) => [data[0], data.length])).toEqual([
    [0, 1],
    [1, 3],
    [2, 69],
    [3, 9],
  ]);
  expect(far.transport.receive()).toEqual(Uint8Array.of(5, 6));
  expect(far.transport.receive()).toBeUndefined();
  expect(heard.signatures).toEqual([new Uint8Array(68).fill(7)]);
  expect(heard.newcomers).toEqual([{ base: 700, nonce: 0xfffffffe }]);
  expect(heard.times).toBe(4);
});

it('keeps only so many datagrams, and makes nothing of junk', () => {
  const { near, far, heard } = pipes();
  for (let i = 0; i < 1_000; i += 1) near.transport.send(Uint8Array.of(i & 255));
  let kept = 0;
  while (far.transport.receive()) kept += 1;
  expect(kept).toBe(256);
  for (const junk of [[], [9, 9], [3, 1]]) far.hear(Uint8Array.from(junk));
  expect(heard.newcomers).toEqual([]);
  const send = vi.fn();
  createRelayPipe({ send, onHeard: send, onSignature: send, onNewcomer: send }).transport.send(
    new Uint8Array(1_200),
  );
  expect(send).not.toHaveBeenCalled();
});
