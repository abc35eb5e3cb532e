import { once } from 'node:events';
import WebSocket from 'ws';
import { z } from 'zod';
import { CANDIDATE, SDP } from './signals';
import { type Spread, spreadOf } from './wire';

/** The clients of peerjs-server: so many lines, of which pairs pass each other the same signals as the arcade's do. */
const order = z.object({ port: z.int(), people: z.int(), negotiations: z.int() });

interface PeerMessage {
  readonly type: string;
  readonly payload?: unknown;
}

class PeerLine {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, { left: number; done: () => void }>();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as PeerMessage;
      const waiting = this.#waiting.get(type);
      if (!waiting) return;
      waiting.left -= 1;
      if (waiting.left > 0) return;
      this.#waiting.delete(type);
      waiting.done();
    });
  }

  static async open(port: number, id: string): Promise<PeerLine> {
    const url = `ws://127.0.0.1:${port}/peerjs?key=peerjs&id=${id}&token=t${id}&version=1.5.4`;
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const line = new PeerLine(socket);
    const isOpen = line.next('OPEN');
    await once(socket, 'open');
    await isOpen;
    return line;
  }

  /** The next so many messages of this type. */
  next(type: string, count = 1): Promise<void> {
    return new Promise((done) => this.#waiting.set(type, { left: count, done }));
  }

  send(type: string, dst: string, payload: unknown): void {
    this.#socket.send(JSON.stringify({ type, dst, payload }));
  }
}

async function passSignals(one: PeerLine, two: PeerLine, a: string, b: string): Promise<number> {
  const began = performance.now();
  const offered = two.next('OFFER');
  one.send('OFFER', b, { sdp: SDP });
  await offered;
  const answered = one.next('ANSWER');
  two.send('ANSWER', a, { sdp: SDP });
  await answered;
  const candidates = Promise.all([one.next('CANDIDATE', 3), two.next('CANDIDATE', 3)]);
  for (let i = 0; i < 3; i += 1) {
    one.send('CANDIDATE', b, { candidate: CANDIDATE });
    two.send('CANDIDATE', a, { candidate: CANDIDATE });
  }
  await candidates;
  return performance.now() - began;
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const { port, people, negotiations } = order.parse(message);
  void run(port, people, negotiations).then((answer) => process.send?.(answer));
});

async function run(
  port: number,
  people: number,
  negotiations: number,
): Promise<{ connected: number; signals: Spread }> {
  const lines: PeerLine[] = [];
  let next = 0;
  const worker = async () => {
    while (next < people) {
      const index = next++;
      lines[index] = await PeerLine.open(port, `p${index}`);
    }
  };
  await Promise.all(Array.from({ length: 50 }, worker));
  const times: number[] = [];
  for (let i = 0; i < negotiations; i += 1) {
    const [a, b] = [(2 * i) % people, (2 * i + 1) % people];
    const [one, two] = [lines[a], lines[b]];
    if (one && two) times.push(await passSignals(one, two, `p${a}`, `p${b}`));
  }
  return { connected: lines.length, signals: spreadOf(times) };
}
