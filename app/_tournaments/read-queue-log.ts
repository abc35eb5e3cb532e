/** What is fetched with: the browser's own, or a test's. */
export type FetchLog = (path: string, options: { readonly signal: AbortSignal }) => Promise<Response>;

/** The answer was not the log. */
export class QueueLogFault extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The log of the queue was answered with ${status}.`);
    this.name = 'QueueLogFault';
    this.status = status;
  }
}

const TRIES = 3;

function seqOf(line: unknown): number | undefined {
  return typeof line === 'object' && line !== null && 'seq' in line && typeof line.seq === 'number'
    ? line.seq
    : undefined;
}

/**
 * The public log of a tournament's queue, line by line. A download that breaks off goes on after the last line that was
 * read whole.
 * @throws QueueLogFault, SyntaxError for a line that is no JSON, TypeError where the server can't be reached
 */
export async function* readQueueLog(
  tournamentId: string,
  signal: AbortSignal,
  fetchLog: FetchLog = fetch,
): AsyncGenerator<unknown, void, undefined> {
  let after = 0;
  for (let tries = 1; ; ) {
    try {
      const path = `/api/tournaments/${encodeURIComponent(tournamentId)}/queue-log?after=${after}`;
      const response = await fetchLog(path, { signal });
      if (!response.ok || !response.body) throw new QueueLogFault(response.status);
      for await (const text of linesOf(response.body)) {
        const line: unknown = JSON.parse(text);
        yield line;
        after = seqOf(line) ?? after;
        tries = 1;
      }
      return;
    } catch (error) {
      const isLineLost = error instanceof TypeError && !signal.aborted;
      if (!isLineLost || tries >= TRIES) throw error;
      tries += 1;
    }
  }
}

/** Whole lines of a body; what comes after the last line break of a body that broke off is left out. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      rest += decoder.decode(chunk.value, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') yield line;
    }
    if (rest.trim() !== '') yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
