import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installCommands, mayInstall, runAll } from './debian.mjs';
import { step } from './steps.mjs';

const PACKAGES = [
  'python3-grpcio',
  'python3-protobuf',
  'protobuf-compiler',
  'protobuf-compiler-grpc',
  'libprotobuf-dev',
];

const hasPython = () =>
  spawnSync('/usr/bin/python3', ['-c', 'import grpc, google.protobuf']).status === 0 &&
  spawnSync('grpc_python_plugin', [], { input: '' }).error === undefined &&
  // Timestamps: the ticket packages import Google's own files.
  existsSync('/usr/include/google/protobuf/timestamp.proto');

/** The tests across the boundary to Python need Debian's grpcio; where it can't be installed they are left out, aloud. */
export async function ensurePython() {
  if (hasPython()) return;
  if (mayInstall()) {
    await step('Installing Python’s gRPC for the tests', () => runAll(installCommands(PACKAGES)));
    if (hasPython()) return;
  }
  console.log(
    `The tests of the Python services are left out: they need\n  apt-get install ${PACKAGES.join(' ')}`,
  );
}
