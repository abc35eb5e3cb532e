import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** As much of STUN and TURN (RFC 8489, RFC 8656) as a test needs to be a browser at a relay. */

const COOKIE = 0x2112a442;
const Type = { allocate: 0x003, createPermission: 0x008, send: 0x016, data: 0x017 } as const;
const Attribute = {
  username: 0x06,
  integrity: 0x08,
  error: 0x09,
  peer: 0x12,
  data: 0x13,
  realm: 0x14,
  nonce: 0x15,
  relayed: 0x16,
  transport: 0x19,
} as const;

export interface Address {
  readonly ip: string;
  readonly port: number;
}

interface Answer {
  readonly type: number;
  readonly attributes: ReadonlyMap<number, Buffer>;
  /** 0 where it is none. */
  readonly error: number;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function header(type: number, length: number, transaction: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  head.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([head, transaction]);
}

/** IPv4 only. */
function xorAddress({ ip, port }: Address): Buffer {
  const value = Buffer.alloc(8);
  value.writeUInt8(1, 1);
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const bits = ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  value.writeUInt32BE((bits ^ COOKIE) >>> 0, 4);
  return value;
}

function readAddress(value: Buffer): Address {
  const bits = (value.readUInt32BE(4) ^ COOKIE) >>> 0;
  const ip = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
  return { ip, port: value.readUInt16BE(2) ^ (COOKIE >>> 16) };
}

function read(message: Buffer): Answer {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= message.length; ) {
    const length = message.readUInt16BE(at + 2);
    attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  const told = attributes.get(Attribute.error);
  const error = told ? (told[2] ?? 0) * 100 + (told[3] ?? 0) : 0;
  return { type: message.readUInt16BE(0), attributes, error };
}

/** One client of a TURN server, over UDP. */
export class TurnClient {
  readonly #socket: Socket;
  readonly #server: Address;
  readonly #credentials: Credentials;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #realm = Buffer.alloc(0);
  #nonce = Buffer.alloc(0);
  /** What came from peers, as text. */
  readonly heard: string[] = [];

  private constructor(socket: Socket, server: Address, credentials: Credentials) {
    this.#socket = socket;
    this.#server = server;
    this.#credentials = credentials;
    socket.on('message', (message) => {
      const answer = read(message);
      const data = answer.attributes.get(Attribute.data);
      if (answer.type === Type.data && data) this.heard.push(data.toString());
      this.#waiting.get(message.toString('hex', 8, 20))?.(answer);
    });
  }

  static async open(server: Address, credentials: Credentials): Promise<TurnClient> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new TurnClient(socket, server, credentials);
  }

  /** @returns the relayed address, or the error's code */
  async allocate(): Promise<Address | number> {
    const udp = attribute(Attribute.transport, Buffer.from([17, 0, 0, 0]));
    const asked = await this.#request(Type.allocate, [udp], false);
    if (asked.error !== 401) return asked.error;
    this.#realm = Buffer.from(asked.attributes.get(Attribute.realm) ?? '');
    this.#nonce = Buffer.from(asked.attributes.get(Attribute.nonce) ?? '');
    const answer = await this.#request(Type.allocate, [udp], true);
    const relayed = answer.attributes.get(Attribute.relayed);
    return relayed && answer.error === 0 ? readAddress(relayed) : answer.error;
  }

  /** Lets a peer in. @returns 0, or the error's code */
  async permit(peer: Address): Promise<number> {
    const to = attribute(Attribute.peer, xorAddress(peer));
    return (await this.#request(Type.createPermission, [to], true)).error;
  }

  send(peer: Address, text: string): void {
    const body = Buffer.concat([
      attribute(Attribute.peer, xorAddress(peer)),
      attribute(Attribute.data, Buffer.from(text)),
    ]);
    this.#write(Buffer.concat([header(Type.send, body.length, randomBytes(12)), body]));
  }

  close(): void {
    this.#socket.close();
  }

  #request(type: number, attributes: readonly Buffer[], isSigned: boolean): Promise<Answer> {
    const transaction = randomBytes(12);
    const { username, password } = this.#credentials;
    const named = isSigned
      ? [
          attribute(Attribute.username, Buffer.from(username)),
          attribute(Attribute.realm, this.#realm),
          attribute(Attribute.nonce, this.#nonce),
        ]
      : [];
    const body = Buffer.concat([...attributes, ...named]);
    // What is signed says the length that the message has with the signature.
    const unsigned = Buffer.concat([header(type, body.length + (isSigned ? 24 : 0), transaction), body]);
    const key = createHash('md5').update(`${username}:${this.#realm}:${password}`).digest();
    const message = isSigned
      ? Buffer.concat([
          unsigned,
          attribute(Attribute.integrity, createHmac('sha1', key).update(unsigned).digest()),
        ])
      : unsigned;
    return new Promise((resolve, reject) => {
      const id = transaction.toString('hex');
      const again = setInterval(() => this.#write(message), 500);
      const timer = setTimeout(
        () => done(() => reject(new Error('the TURN server does not answer'))),
        10_000,
      );
      const done = (end: () => void) => {
        clearInterval(again);
        clearTimeout(timer);
        this.#waiting.delete(id);
        end();
      };
      this.#waiting.set(id, (answer) => done(() => resolve(answer)));
      this.#write(message);
    });
  }

  #write(message: Buffer): void {
    this.#socket.send(message, this.#server.port, this.#server.ip);
  }
}
