/**
 * Writes the descriptors of our `.proto` files into a module, for gRPC reflection: it travels with the bundle and needs no
 * file at run time. The names of the files are those of the contracts, `proto/<package>/v1/<file>.proto`.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, ROOT } from './lib/steps.mjs';

const OUT = 'server/grpc/generated/descriptors.ts';

/** A FileDescriptorSet of what lies in a folder. */
function descriptorsOf(folder) {
  const [node, ...buf] = bin('@bufbuild/buf/bin/buf');
  const options = ['--as-file-descriptor-set', '--exclude-source-info', '-o', '-#format=binpb'];
  return execFileSync(node, [...buf, 'build', '.', ...options], { cwd: folder, maxBuffer: 1 << 24 });
}

/** Built aside: inside this repository buf takes its files for ours. */
function healthDescriptors() {
  const folder = mkdtempSync(join(tmpdir(), 'arcade-health-'));
  try {
    cpSync(join(ROOT, 'node_modules/grpc-health-check/proto'), join(folder, 'grpc'), { recursive: true });
    return descriptorsOf(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of the module: our contracts, and the health service that stands beside them. */
export function descriptorModule() {
  // Sets lie behind each other as one.
  const set = Buffer.concat([descriptorsOf(ROOT), healthDescriptors()]);
  const lines = set.toString('base64').match(/.{1,100}/g) ?? [];
  return `// Made by scripts/generate-descriptors.mjs from proto/. Do not edit.\n/** A FileDescriptorSet in base64. */\nexport const DESCRIPTORS =\n${lines
    .map((line, at) => `  '${line}'${at === lines.length - 1 ? ';' : ' +'}`)
    .join('\n')}\n`;
}

if (process.argv[1]?.endsWith('generate-descriptors.mjs')) writeFileSync(join(ROOT, OUT), descriptorModule());
