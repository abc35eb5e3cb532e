import { describe, expect, it, vi } from 'vitest';
import { createInputSigner, isSigned, packSignature, readSignature } from './input-signing';
import { columnOf, createVouching, rowsOf, UNSIGNED_FRAMES } from './vouching';

const column = (frames: number, salt = 0) =>
  Uint8Array.from({ length: frames * 2 }, (_, at) => (at * 31 + salt) & 255);

/** Player 1 signs; player 2 reads. */
async function pair() {
  const messages: Uint8Array[] = [];
  const onUnsigned = vi.fn();
  const signer = createInputSigner('s1', 1);
  const from = createVouching({
    ...{ signer, sessionId: 's1', opponentIndex: 2, onUnsigned: () => undefined },
    send: (message) => void messages.push(message),
  });
  const to = createVouching({
    ...{ signer: createInputSigner('s1', 2), sessionId: 's1', opponentIndex: 1, onUnsigned },
    send: () => undefined,
  });
  to.trust((await signer.publicKey) ?? '');
  const sign = async (frames: number) => {
    const before = messages.length;
    from.vouch(column(frames), true);
    await vi.waitFor(() => expect(messages.length).toBeGreaterThan(before));
    to.take(messages.at(-1) ?? new Uint8Array(0));
  };
  return { to, sign, onUnsigned, signer };
}

const rows = (frames: number, salt = 0) => rowsOf([column(frames, salt), column(frames, 5)], frames);

describe('PEER-12: signed inputs', () => {
  it('are a number of frames and a signature by the key that was told, over the whole column', async () => {
    const signer = createInputSigner('s1', 1);
    const key = (await signer.publicKey) ?? '';
    expect(key).toMatch(/^[\w-]{87}$/);
    const made = await signer.sign(column(40));
    if (!made) throw new Error('there is a key');
    const message = packSignature(made);
    expect(message).toHaveLength(68);
    expect(readSignature(message)).toEqual(made);
    expect(readSignature(message.subarray(1))).toBeUndefined();
    expect(await isSigned([key], 's1', 1, column(40), made.signature)).toBe(true);
    for (const wrong of [
      isSigned([key], 's2', 1, column(40), made.signature),
      isSigned([key], 's1', 2, column(40), made.signature),
      isSigned([key], 's1', 1, column(39), made.signature),
      isSigned(['A'.repeat(87)], 's1', 1, column(40), made.signature),
      isSigned([], 's1', 1, column(40), made.signature),
    ])
      expect(await wrong).toBe(false);
  });

  it('reach the judge only as far as what is told goes', async () => {
    const { to, sign } = await pair();
    for (const frames of [6, 12, 18]) await sign(frames);
    expect([5, 6, 17, 40].map((frames) => to.upTo(frames)?.frames)).toEqual([undefined, 6, 12, 18]);
  });

  it('that hold for what was played change nothing', async () => {
    const { to, sign, onUnsigned } = await pair();
    for (const frames of [200, 340]) {
      await sign(frames);
      to.check(rows(frames + 10));
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(onUnsigned).not.toHaveBeenCalled();
  });

  it('that are missing for long, or are over other inputs, are noticed; a new page has time to sign', async () => {
    const { to, sign, onUnsigned } = await pair();
    to.check(rows(UNSIGNED_FRAMES - 1));
    expect(onUnsigned).not.toHaveBeenCalled();
    to.check(rows(UNSIGNED_FRAMES));
    expect(onUnsigned).toHaveBeenCalledTimes(1);
    to.forgive(400);
    to.check(rows(500));
    expect(onUnsigned).toHaveBeenCalledTimes(1);
    await sign(520);
    to.check(rows(530, 1));
    await vi.waitFor(() => expect(onUnsigned).toHaveBeenCalledTimes(2));
  });

  it('are rows of two columns, and back', () => {
    expect(columnOf(rows(9), 1, 9)).toEqual(column(9));
    expect(columnOf(rows(9), 2, 9)).toEqual(column(9, 5));
  });
});
