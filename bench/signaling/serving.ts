import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ServerReport } from './wire';

/** Listens, tells the port, and reports on itself whenever it is asked, until the bench hangs up. */
export async function serve(server: Server, close: () => Promise<unknown>): Promise<void> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  let since = performance.now();
  let cpu = process.cpuUsage();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve));
  process.on('message', () => {
    const used = process.cpuUsage(cpu);
    const lateMs = loop.percentile(99) / 1e6;
    cpu = process.cpuUsage();
    loop.reset();
    global.gc?.();
    global.gc?.();
    const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
    const report: ServerReport = {
      heap: heapUsed + Math.max(external, arrayBuffers),
      rss,
      cpuMs: ((used.user + used.system) / 1000 / (performance.now() - since)) * 1000,
      lateMs,
    };
    since = performance.now();
    process.send?.(report);
  });
  process.on('disconnect', () => void close().finally(() => process.exit(0)));
  process.send?.({ port: (server.address() as AddressInfo).port });
}
