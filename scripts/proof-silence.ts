import { sharedMetrics, told } from '../server/streams/testing/told';
import { channels } from '../server/upstream/channels';
import { targetAt } from '../server/upstream/target';
import { hasGrpcio, startSilentTrainer } from '../server/upstream/testing/python';

/**
 * A trainer in Python, on `grpc.aio` as it comes, sends one measurement, nothing for 170 s (or `--seconds=N`), and another one.
 * Viewers must get both and nothing else. Nothing in it is random, so there is no seed. Pings every 20 s failed here after 80 s.
 */
const seconds = process.argv.find((argument) => argument.startsWith('--seconds='))?.slice(10) ?? '170';
if (!hasGrpcio) throw new Error('This proof needs Python’s gRPC: apt-get install python3-grpcio');

const service = await startSilentTrainer('--silence', seconds);
const stream = sharedMetrics(targetAt(service.address, false));
const began = performance.now();
const heard = await told(stream);
const tookS = ((performance.now() - began) / 1_000).toFixed(1);
await stream.close();
channels().close();
await service.stop();

const isRight = heard.join() === '1,2,ended';
console.log(`${isRight ? 'Holds' : 'BROKEN'}: viewers heard ${heard.join(', ')} within ${tookS} s.`);
process.exitCode = isRight ? 0 : 1;
