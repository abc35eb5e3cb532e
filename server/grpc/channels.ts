import {
  Channel,
  type ChannelCredentials,
  type ChannelOptions,
  type Client,
  type ClientOptions,
  credentials,
} from '@grpc/grpc-js';
import { processConfig } from '../config';
import { singleton } from '../singleton';
import { hostOf, isLoopbackHost } from './loopback';

/** A client class as generated from a `.proto`. */
export interface ClientClass<C extends Client> {
  new (address: string, credentials: ChannelCredentials, options?: Partial<ClientOptions>): C;
  readonly serviceName: string;
}

const OPTIONS: ChannelOptions = {
  // Half-open TCP goes unnoticed without pings; they are sent while a call is open.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 3_000,
  'grpc.max_receive_message_length': 4 << 20,
  // A proxy named in the shell is for the web; it would be asked for loopback, too.
  'grpc.enable_http_proxy': 0,
};

interface Channels {
  readonly byAddress: Map<string, Channel>;
  readonly clients: Map<string, Client>;
}

const channels = singleton<Channels>('grpc-channels', () => ({ byAddress: new Map(), clients: new Map() }));

/**
 * Whether a client of this address speaks TLS: with `GRPC_USE_TLS`, everywhere but on loopback, where
 * the arcade's own server listens in plain text.
 */
export function usesTls(address: string, wanted: boolean): boolean {
  return wanted && !isLoopbackHost(hostOf(address));
}

function channelTo(address: string): Channel {
  const known = channels.byAddress.get(address);
  if (known) return known;
  const security = usesTls(address, processConfig().GRPC_USE_TLS)
    ? credentials.createSsl()
    : credentials.createInsecure();
  const channel = new Channel(address, security, OPTIONS);
  channels.byAddress.set(address, channel);
  return channel;
}

/**
 * A client of the service at `address` (`host:port`). Clients of one address share one channel, and the
 * same client is returned each time, so callers neither keep nor close it.
 */
export function grpcClient<C extends Client>(service: ClientClass<C>, address: string): C {
  const key = `${service.serviceName}@${address}`;
  const known = channels.clients.get(key);
  // The key names the class, so the cached client is one of this class.
  if (known) return known as C;
  const client = new service(address, credentials.createInsecure(), { channelOverride: channelTo(address) });
  channels.clients.set(key, client);
  return client;
}

/** Number of open channels, for tests and the health page. */
export function channelCount(): number {
  return channels.byAddress.size;
}

/** Closes every channel and forgets every client. Calls that are still open end with CANCELLED or UNAVAILABLE. */
export function closeChannels(): void {
  for (const channel of channels.byAddress.values()) channel.close();
  channels.byAddress.clear();
  channels.clients.clear();
}
