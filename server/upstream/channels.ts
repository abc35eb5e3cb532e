import {
  Channel,
  type ChannelCredentials,
  type ChannelOptions,
  type Client,
  type ClientOptions,
  credentials,
} from '@grpc/grpc-js';
import { singleton } from '../singleton';
import { CHANNEL_POLICY, type ChannelPolicy, channelOptions } from './policy';
import { credentialsOf, type Target, targetKey } from './target';

/** A peer that was found by a name is spoken to by that name. */
function nameOptions({ host }: Target): ChannelOptions {
  return host === undefined ? {} : { 'grpc.default_authority': host, 'grpc.ssl_target_name_override': host };
}

/** A client class as generated from a `.proto`. */
export interface ClientClass<C extends Client> {
  new (address: string, credentials: ChannelCredentials, options?: Partial<ClientOptions>): C;
  readonly serviceName: string;
}

interface Open {
  readonly channel: Channel;
  /** By name of the service. */
  readonly clients: Map<string, Client>;
}

/**
 * One channel a target, and one client a service on it. Whoever makes it closes it; a client that is asked for
 * afterwards comes with a new channel.
 */
export class Channels {
  readonly #policy: ChannelPolicy;
  readonly #open = new Map<string, Open>();

  constructor(policy: ChannelPolicy = CHANNEL_POLICY) {
    this.#policy = policy;
  }

  /** Number of open channels. */
  get size(): number {
    return this.#open.size;
  }

  /** A client of a service. Ask for it at each call: a kept one may belong to a channel that was given up. */
  client<C extends Client>(service: ClientClass<C>, target: Target): C {
    const { channel, clients } = this.#to(target);
    const known = clients.get(service.serviceName);
    // The name says the class, so the kept client is one of this class.
    if (known) return known as C;
    const client = new service(target.address, credentials.createInsecure(), { channelOverride: channel });
    clients.set(service.serviceName, client);
    return client;
  }

  /** Gives up the connection to a peer that doesn't answer: the next call makes a new one. */
  drop(target: Target): void {
    const key = targetKey(target);
    this.#open.get(key)?.channel.close();
    this.#open.delete(key);
  }

  /** Closes every channel. Calls that are still open end with CANCELLED or UNAVAILABLE. */
  close(): void {
    for (const { channel } of this.#open.values()) channel.close();
    this.#open.clear();
  }

  #to(target: Target): Open {
    const key = targetKey(target);
    const known = this.#open.get(key);
    if (known) return known;
    const channel = new Channel(target.address, credentialsOf(target), {
      ...channelOptions(this.#policy),
      ...nameOptions(target),
    });
    const open = { channel, clients: new Map<string, Client>() };
    this.#open.set(key, open);
    return open;
  }
}

/** The channels of this process; the composition root closes them, after everybody who reads through them. */
export function channels(): Channels {
  return singleton('upstream-channels', () => new Channels());
}
