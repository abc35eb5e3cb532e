import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const START_TIMEOUT_MS = 60_000;

/** A process of a test's own that serves HTTP, and that can be killed and started again. */
export interface ServiceProcess {
  readonly origin: string;
  /** Everything it printed, over all its lives. */
  output(): string;
  /** Returns once its health is good. */
  start(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** @param healthPath of what it serves */
export function serviceProcess(
  [command = '', ...args]: readonly string[],
  { env, origin, healthPath }: { env: NodeJS.ProcessEnv; origin: string; healthPath: string },
): ServiceProcess {
  let child: ChildProcess | undefined;
  let output = '';

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  return {
    origin,
    output: () => output,
    async start() {
      const started = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString('utf8');
        });
      const until = performance.now() + START_TIMEOUT_MS;
      for (;;) {
        const isGood = await fetch(origin + healthPath).then(
          async (answer) => answer.ok && !(await answer.text()).includes('"degraded"'),
          () => false,
        );
        if (isGood) return;
        if (started.exitCode !== null || performance.now() > until)
          throw new Error(`${args.join(' ')} did not start:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
