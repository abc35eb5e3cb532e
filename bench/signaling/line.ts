import WebSocket from 'ws';
import { SIGNALING_PATH } from '../../proto/signaling-limits';
import { type Person, tokenOf } from './wire';

/**
 * A client that costs next to nothing, so that ten thousand fit beside the server: Engine.IO and Socket.io by hand over one
 * WebSocket. It reads no JSON unless somebody listens.
 */
export class Line {
  readonly person: Person;
  bytes = 0;
  /** Sees every change of the lobby as it comes. */
  onChange: ((message: Buffer) => void) | undefined;
  readonly #socket: WebSocket;
  readonly #acks = new Map<number, (reply: unknown) => void>();
  readonly #listeners = new Map<string, (payload: unknown) => void>();
  #nextAck = 0;

  private constructor(person: Person, socket: WebSocket) {
    this.person = person;
    this.#socket = socket;
  }

  /** Resolves when the server has said `ready`. */
  static open(port: number, person: Person): Promise<Line> {
    const url = `ws://127.0.0.1:${port}${SIGNALING_PATH}/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
    const line = new Line(person, socket);
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code) => reject(new Error(`the line was closed: ${code}`)));
      line.once('ready', () => resolve(line));
      socket.on('message', (data: Buffer) => line.#read(data));
    });
  }

  /** The next event of this name. */
  once<T>(event: string, listener: (payload: T) => void): void {
    this.#listeners.set(event, (payload) => {
      this.#listeners.delete(event);
      listener(payload as T);
    });
  }

  next<T>(event: string): Promise<T> {
    return new Promise((resolve) => this.once<T>(event, resolve));
  }

  /** @throws when the server refuses. */
  send<T>(event: string, payload: object): Promise<T> {
    const ack = this.#nextAck++;
    return new Promise((resolve, reject) => {
      this.#acks.set(ack, (reply) => {
        if ((reply as { ok?: boolean }).ok) resolve(reply as T);
        else reject(new Error(`${event}: ${JSON.stringify(reply)}`));
      });
      this.#socket.send(`42${ack}${JSON.stringify([event, payload])}`);
    });
  }

  close(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.terminate();
  }

  #read(data: Buffer): void {
    this.bytes += data.length;
    // Engine.IO: 0 open, 2 ping, 4 message; Socket.io within: 0 connect, 2 event, 3 ack, 4 refused.
    if (data[0] === 0x30)
      this.#socket.send(`40${JSON.stringify({ token: tokenOf(this.person), lobby: 'delta' })}`);
    else if (data[0] === 0x32) this.#socket.send('3');
    else if (data[1] === 0x34) throw new Error(`refused: ${data.toString()}`);
    else if (data[1] === 0x33) this.#readAck(data.toString('utf8', 2));
    else if (data[1] === 0x32) this.#readEvent(data);
  }

  #readAck(text: string): void {
    const id = Number.parseInt(text, 10);
    const [reply] = JSON.parse(text.slice(text.indexOf('['))) as unknown[];
    this.#acks.get(id)?.(reply);
    this.#acks.delete(id);
  }

  #readEvent(data: Buffer): void {
    const name = data.toString('latin1', 4, data.indexOf(0x22, 4));
    if (name === 'lobby_delta') this.onChange?.(data);
    const listener = this.#listeners.get(name);
    if (listener) listener((JSON.parse(data.toString('utf8', 2)) as unknown[])[1]);
  }
}
