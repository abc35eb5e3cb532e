import { describe, expect, it } from 'vitest';
import { type FetchLog, QueueLogFault, readQueueLog } from './read-queue-log';

const line = (seq: number) => `${JSON.stringify({ seq, type: 'joined' })}\n`;
const { signal } = new AbortController();

/** A body that comes in these pieces, and then ends or breaks off. */
function body(pieces: readonly string[], breaks = false): Response {
  const encoder = new TextEncoder();
  let next = 0;
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces[next];
        next += 1;
        if (piece !== undefined) controller.enqueue(encoder.encode(piece));
        else if (breaks) controller.error(new TypeError('network error'));
        else controller.close();
      },
    }),
  );
}

async function collect(fetchLog: FetchLog): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const one of readQueueLog('cup', signal, fetchLog)) lines.push(one);
  return lines;
}

describe('the log of a queue', () => {
  it('is read line by line, wherever its pieces are cut', async () => {
    const text = `${line(1)}${line(2)}${line(3)}`;
    const lines = await collect(async () => body([text.slice(0, 7), text.slice(7, 40), text.slice(40)]));
    expect(lines).toEqual([1, 2, 3].map((seq) => ({ seq, type: 'joined' })));
  });

  it('goes on after the last whole line when the download breaks off', async () => {
    const asked: string[] = [];
    const answers = [body([line(1), line(2).slice(0, 9)], true), body([line(2), line(3)])];
    const lines = await collect(async (path) => {
      asked.push(path);
      return answers.shift() ?? body([]);
    });
    expect(lines).toHaveLength(3);
    expect(asked).toEqual([
      '/api/tournaments/cup/queue-log?after=0',
      '/api/tournaments/cup/queue-log?after=1',
    ]);
  });

  it('gives up on a server that stays away, and at once on one that has no such log', async () => {
    let tries = 0;
    await expect(
      collect(async () => {
        tries += 1;
        throw new TypeError('Failed to fetch');
      }),
    ).rejects.toThrow(TypeError);
    expect(tries).toBe(3);
    await expect(collect(async () => new Response('', { status: 404 }))).rejects.toEqual(
      new QueueLogFault(404),
    );
  });
});
