import type { Logger } from 'pino';
import { type Config, ConfigError, processConfig } from '../config';
import { settleLibraries } from '../environment';
import { roomLogger } from '../logger';
import { startTracing } from '../tracing';
import { logConsole, say } from './console';
import { Parts, StartAbortedError } from './parts';

/** What a composition root works with. */
export interface Composition {
  readonly config: Config;
  readonly parts: Parts;
  readonly log: Logger;
}

/** When something hangs beyond the limits of the single parts. */
const SHUTDOWN_LIMIT_MS = 40_000;

/** The operator reads these: what is wrong and what to do. The stack is in the log, at debug. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `Port ${error.port} is taken by another program. Stop that one, or set PORT (or ADMIN_PORT, GRPC_PORT) to another.`;
  if (error.message.startsWith("gRPC can't listen"))
    return `${error.message}\nSet GRPC_PORT to a free port, or GRPC_ENABLED=0 for an arcade without its own gRPC server.`;
  return error.message;
}

/**
 * Runs a process of the arcade: starts its parts, says that it is ready, and stops the parts in
 * reverse on SIGTERM, SIGINT or SIGHUP, however often they come.
 * Exit codes: 0 after a clean stop; 1 when it can't start, breaks, or a part does not stop.
 * @param compose starts the parts; returns the line to print when ready, if there is one
 */
export async function runProcess(
  name: string,
  compose: (composition: Composition) => Promise<string | undefined>,
): Promise<void> {
  const log = roomLogger(name);
  const parts = new Parts(log);
  let exiting = false;

  async function stop(code: number): Promise<void> {
    if (exiting) return;
    exiting = true;
    const limit = setTimeout(() => {
      log.fatal({ ms: SHUTDOWN_LIMIT_MS }, 'the shutdown hangs; leaving');
      process.exit(1);
    }, SHUTDOWN_LIMIT_MS);
    limit.unref();
    const clean = await parts.stop();
    process.exit(clean ? code : 1);
  }

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!exiting) log.info({ signal }, 'stopping');
      void stop(0);
    });
  }
  function onBroken(error: unknown): void {
    log.fatal({ err: error }, 'an error nobody caught; stopping');
    void stop(1);
  }
  process.on('uncaughtException', onBroken);
  process.on('unhandledRejection', onBroken);

  try {
    const config = processConfig();
    settleLibraries(config.NEXTAUTH_URL);
    if (config.NODE_ENV !== 'development') logConsole(roomLogger('console'));
    if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
      const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
      await parts.start('tracing', () => startTracing(endpoint, name), {
        stop: (tracing) => tracing.close(),
      });
    }
    const ready = await compose({ config, parts, log });
    if (ready !== undefined) say(ready);
  } catch (error) {
    if (error instanceof StartAbortedError) return;
    if (!(error instanceof ConfigError)) log.debug({ err: error }, 'could not start');
    process.stderr.write(`\n${explain(error)}\n\n`);
    await stop(1);
  }
}
