import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { HealthImplementation, service as healthService } from 'grpc-health-check';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../clock';
import {
  type ConnectionLimits,
  http2ServersOf,
  knowConnections,
  LIMITS,
  limitConnections,
  tellHeaderLimit,
} from './connections';
import { isWildcardHost } from './loopback';
import { observedHandlers } from './observe';
import { addReflection, REFLECTION_PATHS } from './reflection';
import { lenientDefinition } from './undecodable';
import { type CallShape, UnfinishedCalls } from './unfinished';

/** One gRPC service as the server carries it. */
export interface GrpcService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
  /** Calls are answered, and so counted, by another process. */
  readonly isForwarded?: boolean;
  /** Ends the service's own streams and stops its work; called first when the server closes. */
  close?(): void | Promise<void>;
}

/** What a server shows, and whom it lets in, as PEM. */
export interface GrpcTls {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** Given, callers have to show a certificate that it signed. */
  readonly ca: Buffer | undefined;
}

export interface GrpcServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly services: readonly GrpcService[];
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** undefined: plain text */
  readonly tls?: GrpcTls | undefined;
  /** How long calls may finish before they are cut. Milliseconds. */
  readonly graceMs?: number;
  readonly clock?: Clock;
  readonly limits?: ConnectionLimits;
}

export interface RunningGrpcServer {
  readonly port: number;
  /** Where the arcade's own processes on this machine speak plain text: `port`, or one of its own beside TLS. */
  readonly plainPort: number;
  /** Ends the streams, drains, then forces. Safe to call more than once. */
  close(): Promise<void>;
}

const OPTIONS = {
  // Inputs and metrics are small; nobody may send us more than this in one message.
  'grpc.max_receive_message_length': 1 << 20,
  // Half-open TCP goes unnoticed without pings.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // Of one connection: a proxy in front of many people, and our own processes, need hundreds.
  'grpc.max_concurrent_streams': 1_000,
  // Nobody has asked anything for so long: clients come back by themselves when they have something to ask.
  'grpc.max_connection_idle_ms': 300_000,
  // Nobody reads it here, and it takes notes of every call.
  'grpc.enable_channelz': 0,
};

function credentialsOf(tls: GrpcTls | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const pair = { cert_chain: tls.cert, private_key: tls.key };
  return ServerCredentials.createSsl(tls.ca ?? null, [pair], tls.ca !== undefined);
}

function bind(server: Server, host: string, port: number, tls?: GrpcTls): Promise<number> {
  const name = host.includes(':') ? `[${host}]` : host;
  return new Promise((resolve, reject) => {
    server.bindAsync(`${name}:${port}`, credentialsOf(tls), (error, bound) => {
      if (error)
        reject(new Error(`gRPC can't listen on ${name}:${port}: ${error.message}`, { cause: error }));
      else resolve(bound);
    });
  });
}

/** Whatever it carries, health and reflection included, is observed, and told of what can't be decoded. */
class ObservedServer extends Server {
  override addService(definition: ServiceDefinition, implementation: UntypedServiceImplementation): void {
    super.addService(lenientDefinition(definition), observedHandlers(definition, implementation));
  }

  /** Whoever answers the calls sees to all of that. */
  addForwarded(definition: ServiceDefinition, implementation: UntypedServiceImplementation): void {
    super.addService(definition, implementation);
  }
}

/** How the calls of a server go, by path. */
function shapesOf(services: readonly GrpcService[]): ReadonlyMap<string, CallShape> {
  const shapes = new Map<string, CallShape>();
  for (const path of REFLECTION_PATHS) shapes.set(path, { requestStream: true, responseStream: true });
  for (const definition of [healthService, ...services.map((service) => service.definition)])
    for (const method of Object.values(definition)) shapes.set(method.path, method);
  return shapes;
}

function serviceName(definition: ServiceDefinition): string {
  const first = Object.values(definition)[0];
  return first?.path.split('/')[1] ?? '';
}

/**
 * Starts one gRPC server that carries every given service, the standard health service and reflection.
 * The arcade's own clients dial 127.0.0.1 in plain text, so a host that does not cover loopback gets it as well, and a
 * server with TLS listens there on a port that nobody else is told.
 * @throws when an address is taken or not ours.
 */
export async function startGrpcServer(options: GrpcServerOptions): Promise<RunningGrpcServer> {
  const { services, log, graceMs = 3_000, clock = systemClock, limits = LIMITS } = options;
  const server = new ObservedServer(OPTIONS);
  const names = ['', ...services.map(({ definition }) => serviceName(definition))];
  const health = new HealthImplementation(
    Object.fromEntries(names.map((name) => [name, 'SERVING'] as const)),
  );
  health.addToServer(server);
  for (const { definition, implementation, isForwarded } of services)
    if (isForwarded) server.addForwarded(definition, implementation);
    else server.addService(definition, implementation);
  addReflection(
    server,
    names.filter((name) => name !== ''),
  );

  let port: number;
  let plainPort: number;
  try {
    port = await bind(server, options.host, options.port, options.tls);
    plainPort = port;
    if (options.tls) plainPort = await bind(server, '127.0.0.1', 0);
    else if (!isWildcardHost(options.host) && options.host !== '127.0.0.1' && options.host !== 'localhost')
      await bind(server, '127.0.0.1', port);
  } catch (error) {
    server.forceShutdown();
    await Promise.all(services.map((service) => service.close?.()));
    throw error;
  }
  const shapes = shapesOf(services);
  const unfinished = new UnfinishedCalls(clock, (path) => shapes.get(path));
  const listeningServers = http2ServersOf(server);
  const cutConnections = knowConnections(listeningServers);
  for (const listening of listeningServers) {
    tellHeaderLimit(listening);
    limitConnections(listening, limits);
    listening.on('stream', (stream, headers) => unfinished.add(stream, headers));
  }
  log.info({ host: options.host, port, services: names.filter((name) => name !== '') }, 'gRPC is listening');

  let closing: Promise<void> | undefined;
  async function shutDown(): Promise<void> {
    for (const name of names) health.setStatus(name, 'NOT_SERVING');
    await Promise.all(services.map((service) => service.close?.()));
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => {
        log.warn({ graceMs }, 'gRPC calls did not finish in time and are cut');
        server.forceShutdown();
        cutConnections();
        resolve();
      }, graceMs);
      server.tryShutdown(() => {
        clearTimeout(force);
        resolve();
      });
    });
    unfinished.close();
  }
  return {
    port,
    plainPort,
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}
