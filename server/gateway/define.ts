import type { ServiceDefinition, UntypedHandleCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Router } from '../http/router';
import type { Gate } from './gate';
import { type ApiRoute, routesOf } from './openapi';
import type { Answer, Operation } from './operation';
import { grpcHandler } from './serve-grpc';
import { type HttpGate, mountHttp } from './serve-http';

/** An operation, ready to be served; what its messages are is its own business. */
export interface Defined {
  readonly name: string;
  /** `/package.Service/Method`; undefined: HTTP only */
  readonly grpcPath: string | undefined;
  /** Descriptions of its HTTP routes. */
  readonly routes: readonly ApiRoute[];
  handler(gate: Gate): UntypedHandleCall;
  mount(gate: HttpGate, router: Router): void;
}

/** Defines an operation, once for both protocols. */
export function define<Request, Response extends Answer>(operation: Operation<Request, Response>): Defined {
  return {
    name: operation.name,
    grpcPath: operation.grpc?.path,
    routes: routesOf(operation),
    handler: (gate) => grpcHandler(operation, gate),
    mount: (gate, router) => mountHttp(operation, gate, router),
  };
}

/** A gRPC service of those operations that are its methods; the server answers UNIMPLEMENTED for the others. */
export function implement(
  definition: ServiceDefinition,
  operations: readonly Defined[],
  gate: Gate,
): UntypedServiceImplementation {
  const implementation: UntypedServiceImplementation = {};
  for (const [name, { path }] of Object.entries(definition)) {
    const operation = operations.find(({ grpcPath }) => grpcPath === path);
    if (operation) implementation[name] = operation.handler(gate);
  }
  return implementation;
}
