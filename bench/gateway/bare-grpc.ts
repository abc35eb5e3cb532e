import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { QueueServiceService } from '../../server/grpc/gen/proto/gateway/v1/queue';
import { ANSWER } from './answer';

/** The reference for gRPC: grpc-js and the generated code, answering the same message every time and nothing else. */
const unused: UntypedServiceImplementation = Object.fromEntries(
  Object.keys(QueueServiceService).map((name) => [name, () => {}]),
);
let calls = 0;
const server = new Server({ 'grpc.max_concurrent_streams': 1_000 });
server.addService(QueueServiceService, {
  ...unused,
  getQueueStatus(_call: unknown, callback: (error: null, answer: typeof ANSWER) => void) {
    calls += 1;
    callback(null, ANSWER);
  },
});
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send?.({ port });
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ calls, cpuSeconds: (user + system) / 1e6 });
});
