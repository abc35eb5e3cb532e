import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder; every command runs in it, wherever it was called from. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Something is missing that the user can fix: the message says what and how. */
export class Obstacle extends Error {}

/** A command failed; what it had to say is on the terminal already. */
export class CommandFailed extends Obstacle {}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Announces a step, runs it, and says how long it took. */
export async function step(name, work) {
  const began = performance.now();
  console.log(`▸ ${name}`);
  try {
    const result = await work();
    console.log(`✓ ${name} (${seconds(began)})`);
    return result;
  } catch (error) {
    console.log(`✗ ${name} (${seconds(began)})`);
    throw error;
  }
}

/** The program of an installed package, run by this Node: no shell, no npx. */
export const bin = (path) => [process.execPath, join(ROOT, 'node_modules', path)];

/**
 * Runs a command to its end with our terminal and passes signals on to it.
 * @returns its exit code
 */
export function run([file, ...args], { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
      env: {
        ...process.env,
        // Plugins of buf are found by name.
        PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
        NEXT_TELEMETRY_DISABLED: '1',
        CHECKPOINT_DISABLE: '1',
        ...env,
      },
    });
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM']) process.off(name, forward);
      resolve(code ?? (signal ? 130 : 1));
    });
  });
}

/** Runs a command that must succeed. */
export async function mustRun(command, options) {
  const code = await run(command, options);
  if (code !== 0) throw new CommandFailed(`This failed with exit code ${code}: ${command.join(' ')}`);
}
