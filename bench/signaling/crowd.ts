import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Line } from './line';
import { CANDIDATE, SDP } from './signals';
import { type CrowdReport, type Person, spreadOf } from './wire';

/**
 * The clients of one server, in a process of their own: so many stay in the lobby, some come and go at a steady rate, and
 * some ask each other for a match, one pair after another. Times are from the sender's message to the reader's.
 */
const order = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('fill'),
    port: z.int(),
    people: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  z.object({
    do: z.literal('stir'),
    guests: z.array(z.object({ id: z.string(), name: z.string() })),
    /** Joins and leaves in a second, together. */
    changes: z.number(),
    seconds: z.number(),
    negotiations: z.int(),
  }),
]);

let port = 0;
let staying: Line[] = [];

async function open(people: readonly Person[]): Promise<Line[]> {
  const lines: Line[] = [];
  const waiting = [...people];
  const worker = async () => {
    for (let person = waiting.pop(); person; person = waiting.pop())
      lines.push(await Line.open(port, person));
  };
  await Promise.all(Array.from({ length: 50 }, worker));
  return lines;
}

/** Where the number of a change stands in its message, whoever sends it. */
const SEQ_AT = '42["lobby_delta",{"seq":'.length;

/** Changes on their way: when they were sent, and how many clients still lack them. */
class Watch {
  readonly times: number[] = [];
  readonly #sent = new Map<string, { at: number; lacking: number }>();
  /** All get the same bytes, so the first one's are read for all. */
  readonly #within = new Map<string, readonly { at: number; lacking: number }[]>();
  #open = 0;

  constructor(readers: readonly Line[]) {
    for (const line of readers) line.onChange = (message) => this.#see(message);
  }

  sent(id: string, readers: number): void {
    this.#sent.set(`"${id}"`, { at: performance.now(), lacking: readers });
    this.#open += 1;
  }

  get missed(): number {
    return this.#open;
  }

  #see(message: Buffer): void {
    const now = performance.now();
    const seq = message.toString('latin1', SEQ_AT, message.indexOf(0x2c, SEQ_AT));
    let within = this.#within.get(seq);
    if (!within) {
      within = this.#read(message.toString('latin1'));
      this.#within.set(seq, within);
    }
    for (const change of within) {
      this.times.push(now - change.at);
      change.lacking -= 1;
      if (change.lacking === 0) this.#open -= 1;
    }
  }

  #read(text: string) {
    const within: { at: number; lacking: number }[] = [];
    for (const [mark, change] of this.#sent)
      if (text.includes(mark)) {
        within.push(change);
        this.#sent.delete(mark);
      }
    return within;
  }
}

interface Told {
  readonly sessionId: string;
}

/** From the request to the beginning, with an offer, an answer and three candidates each way, as browsers have them. */
async function negotiate(one: Line, two: Line): Promise<{ all: number; signals: number }> {
  const began = performance.now();
  const [a, b] = [one.person.id, two.person.id];
  const asked = two.next<Told>('match_request_received');
  await one.send('request_match', { requesterId: a, targetId: b });
  const { sessionId } = await asked;
  const accepted = one.next('match_request_accepted');
  await two.send('accept_match', { accepterId: b, requesterId: a, sessionId });
  await accepted;
  const there = { senderId: a, receiverId: b, sessionId };
  const back = { senderId: b, receiverId: a, sessionId };
  const offering = performance.now();
  const offered = two.next('sdp_offer_received');
  await one.send('send_sdp_offer', { ...there, sdp: SDP });
  await offered;
  const answered = one.next('sdp_answer_received');
  await two.send('send_sdp_answer', { ...back, sdp: SDP });
  await answered;
  const candidate = { candidate: CANDIDATE, sdpMid: '0', sdpMLineIndex: 0 };
  for (let i = 0; i < 3; i += 1)
    await Promise.all([
      one.send('send_ice_candidate', { ...there, candidate }),
      two.send('send_ice_candidate', { ...back, candidate }),
    ]);
  const signals = performance.now() - offering;
  const started = Promise.all([one.next('match_started'), two.next('match_started')]);
  await one.send('peer_connected', { playerId: a, sessionId, otherId: b });
  await two.send('peer_connected', { playerId: b, sessionId, otherId: a });
  await started;
  const all = performance.now() - began;
  await one.send('leave_match', { playerId: a, sessionId });
  return { all, signals };
}

process.on('message', (message) => {
  const said = order.parse(message);
  const work = said.do === 'fill' ? fill(said.port, said.people) : stir(said);
  work.then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

async function fill(at: number, people: readonly Person[]): Promise<{ connected: number }> {
  port = at;
  staying = await open(people);
  for (let from = 0; from < staying.length; from += 100) {
    await Promise.all(
      staying.slice(from, from + 100).map((line) => line.send('join_lobby', { playerId: line.person.id })),
    );
    // Whole lists for a hundred at a time are heavy for any server: filling is not what is measured.
    await sleep(60);
  }
  await sleep(4_000);
  return { connected: staying.length };
}

async function stir(said: z.infer<typeof order> & { do: 'stir' }): Promise<CrowdReport> {
  const guests = await open(said.guests);
  // Half of them inside, so that as many leave as join from the start.
  const inside = new Set(guests.filter((_, index) => index % 2 === 0));
  for (const line of inside) await line.send('join_lobby', { playerId: line.person.id });
  await sleep(1_000);
  const watch = new Watch(staying);
  const readers = staying.length;
  const bytesBefore = staying.map(({ bytes }) => bytes);
  const began = performance.now();
  const until = began + said.seconds * 1000;
  let made = 0;

  async function change(): Promise<void> {
    const line = guests[made % guests.length];
    made += 1;
    if (!line) return;
    const isIn = inside.has(line);
    if (isIn) inside.delete(line);
    else inside.add(line);
    // One of ten is timed, which is a million times a run.
    if (made % 10 === 0) watch.sent(line.person.id, readers);
    await line.send(isIn ? 'leave_lobby' : 'join_lobby', { playerId: line.person.id });
  }

  const coming = (async () => {
    while (performance.now() < until) {
      const due = ((performance.now() - began) / 1000) * said.changes;
      while (made < due) void change();
      await sleep(5);
    }
  })();
  const talks: { all: number; signals: number }[] = [];
  const talking = (async () => {
    await sleep(1_000);
    for (let i = 0; i < said.negotiations && performance.now() < until; i += 1) {
      const [one, two] = [staying[(2 * i) % readers], staying[(2 * i + 1) % readers]];
      if (one && two) talks.push(await negotiate(one, two));
    }
  })();
  await Promise.all([coming, talking]);
  const seconds = (performance.now() - began) / 1000;
  const gained = staying.map(({ bytes }, index) => bytes - (bytesBefore[index] ?? 0));
  // Those who negotiate have other things to read; the last half only looks on.
  const idle = gained.slice(Math.floor(gained.length / 2));
  await sleep(2_000);
  for (const line of guests) line.close();
  return {
    connected: readers,
    bytesPerSecond: idle.reduce((sum, bytes) => sum + bytes, 0) / idle.length / seconds,
    seen: spreadOf(watch.times),
    negotiation: spreadOf(talks.map(({ all }) => all)),
    signals: spreadOf(talks.map(({ signals }) => signals)),
    missed: watch.missed,
  };
}
