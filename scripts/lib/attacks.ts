import { Agent, get, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { SIGNALING_MSGPACK_PATH, SIGNALING_PATH } from '../../proto/signaling-limits';
import { packed } from '../../server/signaling/testing/dialect';

/** What a stranger, or a player gone bad, may try on the sockets; each runs until `signal` aborts and says what it did. */
type Attack = (arcade: Target, signal: AbortSignal) => Promise<string>;

interface Target {
  /** Such as `http://localhost:3000`. */
  readonly origin: string;
  /** A token of the attacker's own account. */
  token(): Promise<string>;
}

type Dialect = 'json' | 'msgpack';

const PATHS: Readonly<Record<Dialect, string>> = { json: SIGNALING_PATH, msgpack: SIGNALING_MSGPACK_PATH };

/** Two thousand arrays in each other that claim thirty million entries each. */
const BOMB = Buffer.from(Array.from({ length: 2_000 }, () => [0xdd, 1, 0xc9, 0xc3, 0x80]).flat());

function openLine({ origin }: Target, dialect: Dialect): WebSocket {
  const url = `${origin.replace('http', 'ws')}${PATHS[dialect]}/?EIO=4&transport=websocket`;
  // What the server does to it is what the proof looks at.
  return new WebSocket(url, { perMessageDeflate: false }).on('error', () => undefined);
}

const packet = (dialect: Dialect, type: number, data: unknown): string | Uint8Array =>
  dialect === 'json' ? `4${type}${JSON.stringify(data)}` : packed({ type, nsp: '/', data });

/** A line that has said who it is; resolves when the server has taken it. */
async function signIn(target: Target, dialect: Dialect): Promise<WebSocket> {
  const token = await target.token();
  const socket = openLine(target, dialect);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('close', () => reject(new Error('the server took no line')));
  });
  socket.send(packet(dialect, 0, { token }));
  // The transport's own greeting comes first.
  await new Promise<void>((resolve, reject) => {
    socket.once('close', () => reject(new Error('the server took no log-in')));
    socket.on('message', (data, isBinary) => {
      if (isBinary || String(data).startsWith('40')) resolve();
    });
  });
  socket.removeAllListeners('message');
  return socket;
}

/** So many lines are opened and never say who they are. */
const strangers =
  (count: number): Attack =>
  async (target, signal) => {
    const lines: WebSocket[] = [];
    let opened = 0;
    let ended = 0;
    while (!signal.aborted) {
      for (let i = 0; i < 100 && lines.length < count; i += 1)
        lines.push(
          openLine(target, lines.length % 2 === 0 ? 'json' : 'msgpack')
            .on('open', () => {
              opened += 1;
            })
            .on('close', () => {
              ended += 1;
            }),
        );
      await sleep(50);
    }
    for (const line of lines) line.terminate();
    return `${opened} of ${count} lines opened, ${ended} ended by the server meanwhile`;
  };

/** So many long polls of one address at once, each of a session of its own. */
const longPolls =
  (count: number): Attack =>
  async ({ origin }, signal) => {
    const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
    const codes = new Map<string, number>();
    const ask = (query: string): Promise<string> =>
      new Promise((resolve) => {
        const call = get(
          `${origin}${SIGNALING_PATH}/?EIO=4&transport=polling${query}`,
          { agent, signal },
          (reply) => {
            const chunks: Buffer[] = [];
            reply.on('data', (chunk: Buffer) => chunks.push(chunk));
            reply.on('error', () => resolve(''));
            reply.on('end', () => {
              const code = String(reply.statusCode);
              codes.set(code, (codes.get(code) ?? 0) + 1);
              resolve(Buffer.concat(chunks).toString());
            });
          },
        );
        call.on('error', () => resolve(''));
      });
    const one = async () => {
      while (!signal.aborted) {
        const sid = /"sid":"([^"]+)"/.exec(await ask(''))?.[1];
        if (!sid) await sleep(100);
        else await ask(`&sid=${sid}`);
      }
    };
    await Promise.all(Array.from({ length: count }, one));
    agent.destroy();
    return `answers: ${[...codes].map(([code, times]) => `${times} × ${code}`).join(', ') || 'none'}`;
  };

/** One account sends events as fast as the line takes them. */
const flood =
  (dialect: Dialect): Attack =>
  async (target, signal) => {
    let sent = 0;
    let lines = 0;
    const message = packet(dialect, 2, ['join_lobby', { playerId: 'somebody', pad: 'x'.repeat(100) }]);
    while (!signal.aborted) {
      const socket = await signIn(target, dialect).catch(() => undefined);
      if (!socket) {
        await sleep(200);
        continue;
      }
      lines += 1;
      while (!signal.aborted && socket.readyState === WebSocket.OPEN) {
        for (let i = 0; i < 200; i += 1) socket.send(message);
        sent += 200;
        // As fast as it is taken, and no faster: what waits here would be our own memory.
        while (socket.bufferedAmount > 1 << 20 && socket.readyState === WebSocket.OPEN) await sleep(2);
        await sleep(0);
      }
      socket.terminate();
    }
    return `${sent} events over ${lines} lines`;
  };

/** Asks for answers without ever reading them. */
const deaf: Attack = async (target, signal) => {
  let lines = 0;
  while (!signal.aborted) {
    const socket = await signIn(target, 'json').catch(() => undefined);
    if (!socket) {
      await sleep(200);
      continue;
    }
    lines += 1;
    socket.pause();
    for (let id = 0; !signal.aborted && socket.readyState === WebSocket.OPEN; id += 1) {
      socket.send(`42${id}["${'y'.repeat(60)}",{}]`);
      if (id % 200 === 0) await sleep(1);
      while (socket.bufferedAmount > 1 << 20 && socket.readyState === WebSocket.OPEN && !signal.aborted)
        await sleep(5);
    }
    socket.terminate();
  }
  return `${lines} lines that read nothing`;
};

/** Binary garbage, bombs and packets that are no events, each on a line of its own, from nobody. */
const garbage: Attack = async (target, signal) => {
  const shots: readonly [Dialect, string | Uint8Array][] = [
    ['msgpack', BOMB],
    ['msgpack', new Uint8Array(1_000_000).fill(0x91)],
    ['msgpack', Uint8Array.from({ length: 5_000 }, (_, i) => (i * 151) % 256)],
    ['json', '450-["x"]'],
    ['json', new Uint8Array(1_000_000)],
    ['json', `40/${'x'.repeat(1_000_000)},{}`],
    ['json', '4'.repeat(1_300_000)],
  ];
  let ended = 0;
  const shoot = async () => {
    for (let i = 0; !signal.aborted; i += 1) {
      const [dialect, shot] = shots[i % shots.length] ?? ['json', ''];
      const socket = openLine(target, dialect);
      await new Promise<void>((resolve) => {
        socket.once('open', () => {
          for (let times = 0; times < 12; times += 1) socket.send(shot);
        });
        socket.once('close', () => resolve());
        setTimeout(resolve, 2_000);
      });
      ended += socket.readyState === WebSocket.CLOSED ? 1 : 0;
      socket.terminate();
    }
  };
  await Promise.all(Array.from({ length: 8 }, shoot));
  return `${ended} lines ended`;
};

/** Bodies as large as they may be, posted to sessions that nobody has signed in to. */
const bodies: Attack = async ({ origin }, signal) => {
  const body = 'x'.repeat(1_190_000);
  let posted = 0;
  const post = (path: string): Promise<void> =>
    new Promise((resolve) => {
      const call = request(`${origin}${path}`, { method: 'POST', signal }, (reply) => {
        reply.resume();
        reply.on('end', resolve);
        reply.on('error', () => resolve());
      });
      call.on('error', () => resolve());
      call.end(body);
    });
  const one = async () => {
    while (!signal.aborted) {
      const reply = await fetch(`${origin}${SIGNALING_PATH}/?EIO=4&transport=polling`, { signal }).catch(
        () => undefined,
      );
      const sid = /"sid":"([^"]+)"/.exec((await reply?.text().catch(() => '')) ?? '')?.[1] ?? 'none';
      await post(`${SIGNALING_PATH}/?EIO=4&transport=polling&sid=${sid}`);
      posted += 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  return `${posted} bodies of a megabyte`;
};

/** Each by its name. */
export const ATTACKS: ReadonlyMap<string, Attack> = new Map([
  ['1,000 lines that never say who they are', strangers(1_000)],
  ['500 long polls of one address', longPolls(500)],
  ['a flood in JSON', flood('json')],
  ['a flood in msgpack', flood('msgpack')],
  ['lines that ask and never read', deaf],
  ['garbage and bombs', garbage],
  ['bodies of a megabyte', bodies],
]);
