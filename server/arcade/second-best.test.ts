import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors';
import { askFirst } from './second-best';

const log = { warn: vi.fn() };
const ask = (theirs: (signal: AbortSignal) => Promise<string>, withinMs = 30) =>
  askFirst('game master', theirs, () => 'ours', { withinMs, log });

describe('who is asked first', () => {
  it('is heard, and the arcade is not asked', async () => {
    const ours = vi.fn(() => 'ours');
    const answer = await askFirst('rule engine', async () => 'theirs', ours, { withinMs: 1_000, log });
    expect(answer).toEqual({ value: 'theirs', isTheirs: true, why: undefined });
    expect(ours).not.toHaveBeenCalled();
  });

  it('that fails is answered for by the arcade, with the reason', async () => {
    const away = () => Promise.reject(new AppError('UNAVAILABLE', 'away'));
    expect(await ask(away)).toEqual({ value: 'ours', isTheirs: false, why: 'UNAVAILABLE' });
    const odd = () => Promise.reject(new TypeError('odd'));
    expect(await ask(odd)).toMatchObject({ value: 'ours', isTheirs: false, why: expect.any(String) });
  });

  it('that throws at once is answered for as well', async () => {
    const broken = () => {
      throw new AppError('INTERNAL', 'broken');
    };
    expect(await ask(broken)).toEqual({ value: 'ours', isTheirs: false, why: 'INTERNAL' });
  });

  it('that is late is told to give up, and what it says later nobody hears', async () => {
    let given: AbortSignal | undefined;
    let say: (text: string) => void = () => {};
    const answer = await ask((signal) => {
      given = signal;
      return new Promise((resolve) => {
        say = resolve;
      });
    });
    expect(answer).toMatchObject({ value: 'ours', isTheirs: false });
    expect(given?.aborted).toBe(true);
    say('theirs');
    expect(answer.value).toBe('ours');
  });

  it('that fails after it was late breaks nothing', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    await ask(
      (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('late')))),
    );
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('leaves the caller with the arcade’s own failure where that fails, too', async () => {
    const failing = askFirst(
      'rule engine',
      () => Promise.reject(new Error('theirs')),
      () => Promise.reject(new AppError('CONFLICT', 'ours')),
      { withinMs: 1_000, log },
    );
    await expect(failing).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
