import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installCommands, mayInstall, runAll } from './debian.mjs';
import { digest, readStamp, writeStamp } from './stamps.mjs';
import { ROOT, run, step } from './steps.mjs';

const PYTHON = '/usr/bin/python3';
const PACKAGES = [
  'python3-grpcio',
  'python3-protobuf',
  'protobuf-compiler',
  'protobuf-compiler-grpc',
  'libprotobuf-dev',
];

const REQUIREMENTS = 'python/requirements-rules.txt';
/** A Python of the Rule Engine's own, with just what its requirements name. */
const RULES_ENVIRONMENT = join(ROOT, '.build/python-rules');
const RULES_STAMP = '.build/python-rules.stamp';

const hasPython = () =>
  spawnSync(PYTHON, ['-c', 'import grpc, google.protobuf']).status === 0 &&
  spawnSync('grpc_python_plugin', [], { input: '' }).error === undefined &&
  // Timestamps: the ticket packages import Google's own files.
  existsSync('/usr/include/google/protobuf/timestamp.proto');

/** The tests across the boundary to Python need Debian's grpcio; where it can't be installed they are left out, aloud. */
export async function ensurePython() {
  await ensureGrpc();
  await ensureRules();
}

async function ensureGrpc() {
  if (hasPython()) return;
  if (mayInstall()) {
    await step('Installing Python’s gRPC for the tests', () => runAll(installCommands(PACKAGES)));
    if (hasPython()) return;
  }
  console.log(
    `The tests of the Python services are left out: they need\n  apt-get install ${PACKAGES.join(' ')}`,
  );
}

/** FastAPI, in the versions that are pinned, in an environment of its own: the system's stay as they are. */
async function ensureRules() {
  const wanted = digest([REQUIREMENTS]);
  if (readStamp(RULES_STAMP) === wanted && existsSync(RULES_ENVIRONMENT)) return;
  const isMade = await step('Installing FastAPI for the tests', async () => {
    if (spawnSync(PYTHON, ['-c', 'import ensurepip']).status !== 0 && mayInstall())
      await runAll(installCommands(['python3-venv']));
    rmSync(RULES_ENVIRONMENT, { recursive: true, force: true });
    const pip = [join(RULES_ENVIRONMENT, 'bin/python'), '-m', 'pip', 'install', '--quiet'];
    const options = ['--disable-pip-version-check', '--only-binary', ':all:', '-r', REQUIREMENTS];
    for (const command of [
      [PYTHON, '-m', 'venv', RULES_ENVIRONMENT],
      [...pip, ...options],
    ])
      if ((await run(command).catch(() => 1)) !== 0) return false;
    return true;
  });
  if (isMade) writeStamp(RULES_STAMP, wanted);
  else
    console.log(
      `The tests of the Rule Engine in Python are left out: they need Python 3.11 with venv, and\n  pip install -r ${REQUIREMENTS}`,
    );
}
