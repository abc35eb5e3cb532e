import { BinaryReader } from '@bufbuild/protobuf/wire';
import type { Server } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { DESCRIPTORS } from './generated/descriptors';

/** Its one method, in both versions: a stream of questions and answers. */
export const REFLECTION_PATHS = ['v1', 'v1alpha'].map(
  (version) => `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
);

/** The files of a FileDescriptorSet: field 1, one message a file. */
function filesOf(set: Uint8Array): Buffer[] {
  const reader = new BinaryReader(set);
  const files: Buffer[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === 10) files.push(Buffer.from(reader.bytes()));
    else reader.skip(tag & 7);
  }
  return files;
}

/**
 * Server reflection, v1 and v1alpha, so that grpcurl, Evans and `buf curl` need no files.
 * @param services full names of what the server carries: only they are listed
 */
export function addReflection(server: Server, services: readonly string[]): void {
  const fileDescriptorProtos = filesOf(Buffer.from(DESCRIPTORS, 'base64'));
  const definitions: ConstructorParameters<typeof ReflectionService>[0] = {
    files: { format: 'Protocol Buffer 3 DescriptorProto', type: {}, fileDescriptorProtos },
  };
  new ReflectionService(definitions, { services: [...services, 'grpc.health.v1.Health'] }).addToServer(
    server,
  );
}
