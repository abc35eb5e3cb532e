import type { Queue } from '../../tournaments/queue/queue';
import { type Defined, define } from '../define';
import type { People } from '../people';
import { queueBase } from './queue-base';
import { leaveQueue, requestAdmission } from './queue-ends';
import { joinQueue } from './queue-join';
import { queueStats } from './queue-stats';
import { getQueueStatus } from './queue-status';

/** The queue before a seat (`gateway.v1.QueueService`, `/api/v1/queue`). */
export const queueService = (queue: Queue, people: People): Defined[] => [
  define(joinQueue(queue, people)),
  define(getQueueStatus(queue)),
  define(requestAdmission(queue)),
  define(leaveQueue(queue)),
  define(queueStats(queue, queueBase(queue))),
];
