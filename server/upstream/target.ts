import { type ChannelCredentials, credentials } from '@grpc/grpc-js';
import { hostOf, isLoopbackHost } from '../grpc/loopback';

/** Where a service is, and how it is spoken to. */
export interface Target {
  /** `host:port` */
  readonly address: string;
  readonly tls: boolean;
  /** The name that `address` was found by, where it is an address of several: what certificates are checked against. */
  readonly host?: string;
}

/**
 * The service at `address`.
 * @param useTls `GRPC_USE_TLS`: everywhere but on loopback, where the arcade's own server listens in plain text
 */
export function targetAt(address: string, useTls: boolean): Target {
  return { address, tls: useTls && !isLoopbackHost(hostOf(address)) };
}

/** Equal for targets that may share a connection. */
export function targetKey({ address, tls }: Target): string {
  return `${tls ? 'tls' : 'plain'}:${address}`;
}

export function credentialsOf({ tls }: Target): ChannelCredentials {
  return tls ? credentials.createSsl() : credentials.createInsecure();
}
