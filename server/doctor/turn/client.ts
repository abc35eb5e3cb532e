import { type Line, openLine, type Transport } from './line';
import {
  type Address,
  Attribute,
  attribute,
  firstOf,
  type Message,
  newTransaction,
  read,
  readAddress,
  type Signature,
  Type,
  write,
  xorAddress,
} from './message';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface TurnClientOptions {
  readonly server: Address;
  readonly transport?: Transport;
  readonly credentials?: Credentials;
  /** The server's name as players are given it; without one its address. */
  readonly name?: string;
  readonly ca?: string | undefined;
  /** How long one answer may take. */
  readonly withinMs?: number;
}

/** A request over UDP is sent again so often (RFC 8489, 6.2.1: our servers are near, or of no use). */
const AGAIN_MS = 500;
/** 17: UDP, the only thing that a browser asks to be relayed. */
const RELAY_UDP = attribute(Attribute.transport, Buffer.from([17, 0, 0, 0]));
const FAMILY_IPV6 = attribute(Attribute.family, Buffer.from([2, 0, 0, 0]));
const UNAUTHORIZED = 401;
const STALE_NONCE = 438;
const FAMILY_NOT_SUPPORTED = 440;

interface Waiting {
  answer(message: Message): void;
  fail(error: Error): void;
}

/** One client of a STUN or TURN server, as a browser is one: a line, at most one allocation, and packets through it. */
export class TurnClient {
  readonly #options: TurnClientOptions;
  readonly #withinMs: number;
  readonly #waiting = new Map<string, Waiting>();
  #line: Line | undefined;
  #fault: Error | undefined;
  #realm = Buffer.alloc(0);
  #nonce = Buffer.alloc(0);
  /** What came from peers, as text. */
  readonly heard: string[] = [];

  private constructor(options: TurnClientOptions) {
    this.#options = options;
    this.#withinMs = options.withinMs ?? 10_000;
  }

  /** @throws what kept the line from coming about: refused, silent, a certificate */
  static async open(options: TurnClientOptions): Promise<TurnClient> {
    const client = new TurnClient(options);
    client.#line = await openLine(options.transport ?? 'udp', options.server, {
      name: options.name ?? options.server.ip,
      ca: options.ca,
      withinMs: client.#withinMs,
      onMessage: (bytes) => client.#hear(bytes),
      onFault: (error) => client.#fail(error),
    });
    return client;
  }

  /** @returns the address that the server sees, or undefined where it tells none */
  async bind(): Promise<Address | undefined> {
    const answer = await this.#request(Type.binding, () => []);
    return readAddress(firstOf(answer, Attribute.mapped), answer.transaction);
  }

  /** @returns the relayed address, or the error's code */
  async allocate(): Promise<Address | number> {
    const asked = await this.#request(Type.allocate, () => [RELAY_UDP]);
    if (asked.error !== UNAUTHORIZED) return asked.error;
    this.#challenge(asked);
    const found = await this.#allocated([RELAY_UDP]);
    // A server without an IPv4 address relays by IPv6, when it is asked to.
    return found === FAMILY_NOT_SUPPORTED ? this.#allocated([RELAY_UDP, FAMILY_IPV6]) : found;
  }

  async #allocated(attributes: readonly Buffer[]): Promise<Address | number> {
    const answer = await this.#signed(Type.allocate, () => attributes);
    if (answer.error !== 0) return answer.error;
    const told = (answer.attributes.get(Attribute.relayed) ?? []).map((value) =>
      readAddress(value, answer.transaction),
    );
    // coturn without IPv4 names 0.0.0.0 beside its address.
    return told.find((address) => address !== undefined && address.port !== 0) ?? 0;
  }

  /** Lets a peer in. @returns 0, or the error's code */
  async permit(peer: Address): Promise<number> {
    const { error } = await this.#signed(Type.createPermission, (transaction) => [
      attribute(Attribute.peer, xorAddress(peer, transaction)),
    ]);
    return error;
  }

  /** Gives the allocation back. */
  async release(): Promise<void> {
    await this.#signed(Type.refresh, () => [attribute(Attribute.lifetime, Buffer.alloc(4))]);
  }

  send(peer: Address, text: string): void {
    const transaction = newTransaction();
    const to = attribute(Attribute.peer, xorAddress(peer, transaction));
    this.#line?.send(write(Type.send, transaction, [to, attribute(Attribute.data, Buffer.from(text))]));
  }

  close(): void {
    this.#line?.close();
    this.#fail(new Error('the line is closed'));
  }

  #challenge(answer: Message): void {
    this.#realm = Buffer.from(firstOf(answer, Attribute.realm) ?? this.#realm);
    this.#nonce = Buffer.from(firstOf(answer, Attribute.nonce) ?? '');
  }

  async #signed(type: number, attributes: (transaction: Buffer) => readonly Buffer[]): Promise<Message> {
    const { username = '', password = '' } = this.#options.credentials ?? {};
    const signature = () => ({ username, password, realm: this.#realm, nonce: this.#nonce });
    const answer = await this.#request(type, attributes, signature());
    if (answer.error !== STALE_NONCE) return answer;
    this.#challenge(answer);
    return this.#request(type, attributes, signature());
  }

  #request(
    type: number,
    attributes: (transaction: Buffer) => readonly Buffer[],
    signature?: Signature,
  ): Promise<Message> {
    const transaction = newTransaction();
    const message = write(type, transaction, attributes(transaction), signature);
    const id = transaction.toString('hex');
    return new Promise((resolve, reject) => {
      if (this.#fault) {
        reject(this.#fault);
        return;
      }
      const isUdp = (this.#options.transport ?? 'udp') === 'udp';
      const again = isUdp ? setInterval(() => this.#line?.send(message), AGAIN_MS) : undefined;
      const timer = setTimeout(() => waiting.fail(new Error('no answer')), this.#withinMs);
      const done = () => {
        clearInterval(again);
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      const waiting: Waiting = {
        answer(found) {
          done();
          resolve(found);
        },
        fail(error) {
          done();
          reject(error);
        },
      };
      this.#waiting.set(id, waiting);
      this.#line?.send(message);
    });
  }

  #hear(bytes: Buffer): void {
    const message = read(bytes);
    if (!message) return;
    const data = firstOf(message, Attribute.data);
    if (message.type === Type.data && data) this.heard.push(data.toString());
    this.#waiting.get(message.transaction)?.answer(message);
  }

  #fail(error: Error): void {
    this.#fault ??= error;
    for (const waiting of [...this.#waiting.values()]) waiting.fail(error);
  }
}
