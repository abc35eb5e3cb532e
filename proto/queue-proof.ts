import { drawnOrder, type Entrant, listHash, seedHash } from './queue-draw';
import { type QueueLine, queueLine } from './queue-log';

type Standing = 'waiting' | 'ready' | 'admitted' | 'used' | 'left' | 'expired';

interface Replayed {
  readonly entry: string;
  nonce: string | undefined;
  standing: Standing;
  untilMs: number;
}

/** Where an entry stands when all lines that were read are done. */
export interface ProvenPlace {
  readonly entry: string;
  readonly standing: Standing;
  /** From 1 among those who wait; 0 for everybody else and before the draw. */
  readonly position: number;
}

export interface QueueFault {
  /** The line at fault; 0 when it is none in particular. */
  readonly seq: number;
  readonly what: string;
}

/** Recomputes a queue from its public log, line by line, and says where the log breaks its own rules. */
export interface QueueProof {
  /** Takes the next line. Lines after a fault are not looked at. */
  add(line: unknown): QueueFault | undefined;
  readonly fault: QueueFault | undefined;
  readonly event: string | undefined;
  readonly lines: number;
  /** Everybody who was in the draw, in the order that it gave; undefined before it. */
  readonly drawn: readonly string[] | undefined;
  /** Everybody, in the order of the queue; before a draw in the order of arrival. */
  places(): ProvenPlace[];
}

class Broken extends Error {}

/** Free of server and browser: what it says depends on the lines alone. */
export function createQueueProof(): QueueProof {
  const entries = new Map<string, Replayed>();
  let order: Replayed[] = [];
  let front = 0;
  let seq = 0;
  let atMs = 0;
  let created:
    | { readonly event: string; readonly draw: boolean; readonly seedHash: string | undefined }
    | undefined;
  let sealed: { readonly listHash: string; readonly entries: readonly string[] } | undefined;
  let drawn: string[] | undefined;
  let pausedMs: number | undefined;
  let isClosed = false;
  let fault: QueueFault | undefined;

  function check(isRight: boolean, what: string): asserts isRight {
    if (!isRight) throw new Broken(what);
  }

  function known(entry: string): Replayed {
    const found = entries.get(entry);
    check(found !== undefined, `entry ${entry} never joined`);
    return found;
  }

  const hasOrder = (): boolean => created?.draw === false || drawn !== undefined;

  /** Who is first among those who wait: nobody else may be called. */
  function first(): Replayed | undefined {
    while (order[front] !== undefined && order[front]?.standing !== 'waiting') front += 1;
    return order[front];
  }

  function mustBeFirst(entry: Replayed): void {
    check(hasOrder(), `entry ${entry.entry} is called before the draw`);
    check(!isClosed, `entry ${entry.entry} is called after the queue was closed`);
    const next = first();
    check(next === entry, `entry ${entry.entry} is called before ${next?.entry ?? 'anybody waits'}`);
  }

  function seal(line: QueueLine & { type: 'sealed' }): void {
    check(created?.draw === true, 'a list is sealed in a queue without a draw');
    check(sealed === undefined, 'the list is sealed a second time');
    check(line.seedHash === created.seedHash, 'the hash of the seed is not the one that was published first');
    const list: Entrant[] = [...entries.values()].filter(({ standing }) => standing === 'waiting');
    check(line.entries === list.length, `the list has ${list.length} entries, not ${line.entries}`);
    check(
      line.listHash === listHash(list),
      'the hash of the list is not that of the entries and nonces before it',
    );
    sealed = { listHash: line.listHash, entries: list.map(({ entry }) => entry) };
  }

  function draw(line: QueueLine & { type: 'drawn' }): void {
    check(sealed !== undefined, 'a draw before the list is sealed');
    check(drawn === undefined, 'a second draw');
    check(
      seedHash(line.seed) === created?.seedHash,
      'the seed does not have the hash that was published first',
    );
    drawn = drawnOrder(line.seed, sealed.listHash, sealed.entries);
    const among = new Set(drawn);
    const late = [...entries.values()].filter(({ entry }) => !among.has(entry));
    order = [...drawn.map(known), ...late];
    front = 0;
  }

  function join(line: QueueLine & { type: 'joined' }): void {
    check(created !== undefined && !isClosed, 'somebody joins a queue that is closed');
    check(!entries.has(line.entry), `entry ${line.entry} joins a second time`);
    const entry: Replayed = { entry: line.entry, nonce: line.nonce, standing: 'waiting', untilMs: 0 };
    entries.set(line.entry, entry);
    if (hasOrder()) order.push(entry);
  }

  function use(entry: Replayed): void {
    if (entry.standing === 'waiting') mustBeFirst(entry);
    // Who leaves with an admission in hand may have reserved just before.
    const mayHaveReserved = entry.standing === 'admitted' || (entry.standing === 'left' && entry.untilMs > 0);
    check(
      entry.standing === 'waiting' || mayHaveReserved,
      `entry ${entry.entry} uses an admission it does not have`,
    );
    entry.standing = 'used';
  }

  function expire(entry: Replayed): void {
    check(
      entry.standing === 'ready' || entry.standing === 'admitted',
      `entry ${entry.entry} expires while it is ${entry.standing}`,
    );
    check(
      pausedMs === undefined && atMs >= entry.untilMs,
      `entry ${entry.entry} expires before its time is up`,
    );
    entry.standing = 'expired';
  }

  function resume(): void {
    check(pausedMs !== undefined, 'the queue goes on without having been paused');
    const stoodMs = atMs - pausedMs;
    for (const entry of entries.values()) if (entry.untilMs > 0) entry.untilMs += stoodMs;
    pausedMs = undefined;
  }

  function replay(line: QueueLine): void {
    check(line.seq === seq + 1, `line ${seq + 1} is missing; line ${line.seq} follows line ${seq}`);
    seq = line.seq;
    check(Date.parse(line.at) >= atMs, 'the line is older than the one before it');
    atMs = Date.parse(line.at);
    check((line.type === 'created') === (seq === 1), 'the first line, and no other, tells of the creation');
    switch (line.type) {
      case 'created':
        check(line.draw === (line.seedHash !== undefined), 'a draw has a seed whose hash is published first');
        created = { event: line.event, draw: line.draw, seedHash: line.seedHash };
        return;
      case 'settings':
        return;
      case 'joined':
        join(line);
        return;
      case 'nonce': {
        check(created?.draw === true && sealed === undefined, 'a nonce is set after the list was sealed');
        const entry = known(line.entry);
        check(entry.standing === 'waiting', `entry ${line.entry} sets a nonce and does not wait`);
        entry.nonce = line.nonce;
        return;
      }
      case 'sealed':
        seal(line);
        return;
      case 'drawn':
        draw(line);
        return;
      case 'called': {
        const entry = known(line.entry);
        check(pausedMs === undefined, `entry ${line.entry} is called while the queue is paused`);
        mustBeFirst(entry);
        entry.standing = 'ready';
        entry.untilMs = Date.parse(line.until);
        return;
      }
      case 'admitted': {
        const entry = known(line.entry);
        check(entry.standing === 'ready', `entry ${line.entry} is admitted without being called`);
        check(pausedMs === undefined, `entry ${line.entry} is admitted while the queue is paused`);
        check(atMs < entry.untilMs, `entry ${line.entry} is admitted after its time was up`);
        entry.standing = 'admitted';
        entry.untilMs = Date.parse(line.until);
        return;
      }
      case 'used':
        use(known(line.entry));
        return;
      case 'left': {
        const entry = known(line.entry);
        const isIn = entry.standing !== 'used' && entry.standing !== 'left' && entry.standing !== 'expired';
        check(isIn, `entry ${line.entry} leaves and is not in the queue`);
        if (entry.standing !== 'admitted') entry.untilMs = 0;
        entry.standing = 'left';
        return;
      }
      case 'expired':
        expire(known(line.entry));
        return;
      case 'paused':
        check(pausedMs === undefined, 'the queue is paused a second time');
        pausedMs = atMs;
        return;
      case 'resumed':
        resume();
        return;
      case 'closed':
        check(!isClosed, 'the queue is closed a second time');
        isClosed = true;
        for (const entry of entries.values()) {
          if (entry.standing === 'waiting' || entry.standing === 'ready' || entry.standing === 'admitted') {
            entry.standing = 'expired';
          }
        }
        return;
      case 'reopened':
        check(isClosed, 'the queue is opened again without having been closed');
        isClosed = false;
        return;
    }
  }

  return {
    add(raw) {
      if (fault) return fault;
      const parsed = queueLine.safeParse(raw);
      try {
        if (!parsed.success) {
          const issue = parsed.error.issues[0];
          throw new Broken(`not a line of a queue's log: ${issue?.path.join('.')} ${issue?.message}`);
        }
        replay(parsed.data);
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        fault = { seq: parsed.success ? parsed.data.seq : seq + 1, what: error.message };
      }
      return fault;
    },
    get fault() {
      return fault;
    },
    get event() {
      return created?.event;
    },
    get lines() {
      return seq;
    },
    get drawn() {
      return drawn;
    },
    places() {
      let position = 0;
      const all = hasOrder() ? order : [...entries.values()];
      return all.map(({ entry, standing }) => {
        if (standing !== 'waiting' || !hasOrder()) return { entry, standing, position: 0 };
        position += 1;
        return { entry, standing, position };
      });
    },
  };
}

/** The first fault of a whole log, or undefined when every position follows from it. */
export function checkQueueLog(lines: Iterable<unknown>): QueueFault | undefined {
  const proof = createQueueProof();
  for (const line of lines) if (proof.add(line)) break;
  if (!proof.fault && proof.lines === 0) return { seq: 0, what: 'the log is empty' };
  return proof.fault;
}
