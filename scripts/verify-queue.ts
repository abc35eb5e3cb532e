import { createQueueProof } from '../proto/queue-proof';

/**
 * Recomputes a tournament's queue from its public log: `npm run verify-queue -- <tournament> [--url http://localhost:3000]`.
 * Ends with 1 and the first difference when the log breaks its own rules, with 2 when it can't be read.
 */
const PAGE = 5_000;
const [tournament, ...rest] = process.argv.slice(2);
const at = rest.indexOf('--url');
const base = at < 0 ? 'http://localhost:3000' : (rest[at + 1] ?? '');

async function page(eventId: string, after: number): Promise<unknown[]> {
  const url = new URL(`/api/tournaments/${encodeURIComponent(eventId)}/queue-log`, base);
  url.search = new URLSearchParams({ after: String(after), limit: String(PAGE) }).toString();
  const answer = await fetch(url);
  if (!answer.ok)
    throw new Error(`${url.href} answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}

async function verify(eventId: string): Promise<number> {
  const proof = createQueueProof();
  for (let read = 0; ; ) {
    const lines = await page(eventId, read);
    for (const line of lines) {
      const fault = proof.add(line);
      if (!fault) continue;
      console.log(`BROKEN at line ${fault.seq}: ${fault.what}.`);
      return 1;
    }
    read += lines.length;
    if (lines.length === 0) break;
  }
  if (proof.event !== eventId) {
    console.log(`BROKEN: the log is that of ${proof.event ?? 'no queue'}.`);
    return 1;
  }
  const places = proof.places();
  const count = (standing: string): number => places.filter((place) => place.standing === standing).length;
  const drawn = proof.drawn === undefined ? 'no draw so far' : `${proof.drawn.length} were drawn`;
  console.log(
    `Holds: ${proof.lines} lines, ${places.length} places, ${drawn}; ${count('waiting')} wait, ${count('used')} have reserved.`,
  );
  for (const { entry, position } of places.filter((place) => place.position > 0).slice(0, 10)) {
    console.log(`${String(position).padStart(6)}  ${entry}`);
  }
  return 0;
}

if (tournament === undefined) {
  console.error('Whose queue? npm run verify-queue -- <tournament> [--url http://localhost:3000]');
  process.exitCode = 2;
} else {
  process.exitCode = await verify(tournament).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  });
}
