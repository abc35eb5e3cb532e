import { GameServiceService } from '../grpc/gen/proto/game';
import { MatchServiceService } from '../grpc/gen/proto/match';
import { TrainingServiceService } from '../grpc/gen/proto/training';
import { TrainingControlServiceService } from '../grpc/gen/proto/training_control';
import { forwardedService } from '../upstream/forward';
import type { ServiceSet } from './grpc';

/** What an arcade carries beside the gateway's services. It has state, so it lives in one process. */
const SERVICES = [
  GameServiceService,
  MatchServiceService,
  TrainingServiceService,
  TrainingControlServiceService,
];

/**
 * Those services, where workers stand at the arcade's port.
 * @param address of the arcade's own gRPC server, `host:port`; undefined where there is no arcade
 */
export const otherServices = (address: string | undefined): ServiceSet => ({
  services: address === undefined ? [] : SERVICES.map((service) => forwardedService(service, address)),
  counts: () => ({}),
});
