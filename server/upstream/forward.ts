import {
  Client,
  type ClientDuplexStream,
  type Metadata,
  type MethodDefinition,
  type ServerDuplexStream,
  type ServiceDefinition,
  type StatusObject,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { hostOf, isLoopbackHost } from '../grpc/loopback';
import type { GrpcService } from '../grpc/server';
import { channels } from './channels';
import { targetAt } from './target';

/** Calls of whatever service, as bytes. */
class ForwardClient extends Client {
  static readonly serviceName = 'forwarded calls';
}

const asIs = (bytes: Buffer): Buffer => bytes;

/** On the wire the four kinds of calls are one: messages there, messages back, a status. */
function asBytes({ path }: MethodDefinition<unknown, unknown>): MethodDefinition<Buffer, Buffer> {
  return {
    path,
    requestStream: true,
    responseStream: true,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  };
}

/** Whoever is behind this hop must not be taken for a neighbour on this machine. */
function metadataOf(call: ServerDuplexStream<Buffer, Buffer>): Metadata {
  const metadata = call.metadata.clone();
  const host = hostOf(call.getPeer());
  if (!isLoopbackHost(host)) metadata.add('x-forwarded-for', host);
  return metadata;
}

/** As slow as the slower of the two. */
function pump(
  from: ClientDuplexStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
  to: ClientDuplexStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
): void {
  from.on('data', (message: Buffer) => {
    if (!to.write(message)) from.pause();
  });
  to.on('drain', () => from.resume());
}

function forward(path: string, address: string, call: ServerDuplexStream<Buffer, Buffer>): void {
  const client = channels().client(ForwardClient, targetAt(address, false));
  const onward = client.makeBidiStreamRequest(path, asIs, asIs, metadataOf(call), {
    deadline: call.getDeadline(),
  });
  onward.on('metadata', (metadata: Metadata) => call.sendMetadata(metadata));
  onward.on('status', ({ code, details, metadata }: StatusObject) => {
    if (code === status.OK) call.end(metadata);
    else call.emit('error', { code, details, metadata });
  });
  // Its status says the same.
  onward.on('error', () => {});
  pump(onward, call);
  pump(call, onward);
  call.on('end', () => onward.end());
  call.on('cancelled', () => onward.cancel());
}

/**
 * A service that lives in another process of this machine, served here: calls are handed on as they are, messages
 * unread, with deadline, cancellation and back pressure.
 * @param address `host:port` on loopback, in plain text
 */
export function forwardedService(definition: ServiceDefinition, address: string): GrpcService {
  const bytes: Record<string, MethodDefinition<Buffer, Buffer>> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const [name, method] of Object.entries(definition)) {
    bytes[name] = asBytes(method);
    implementation[name] = (call: ServerDuplexStream<Buffer, Buffer>) => forward(method.path, address, call);
  }
  return { definition: bytes, implementation, isForwarded: true };
}
