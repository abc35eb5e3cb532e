import { z } from 'zod';
import { GetQueueStatsResponse, QueueServiceService } from '../../grpc/gen/proto/gateway/v1/queue';
import type { Queue } from '../../tournaments/queue/queue';
import { nameOf, type Operation } from '../operation';

type StatsRequest = { event_id: string };

/** Numbers of one queue, or of all that there are. */
export function queueStats(
  queue: Queue,
  base: { readonly family: 'queue'; readonly holds: (token: string) => boolean },
): Operation<StatsRequest, GetQueueStatsResponse> {
  return {
    ...base,
    name: nameOf(QueueServiceService.getQueueStats),
    grpc: QueueServiceService.getQueueStats,
    access: 'anybody',
    keeping: undefined,
    deadlineMs: 2_000,
    run: ({ event_id }) => {
      const now = new Date();
      const found = queue.stats(event_id || undefined);
      const sum = (of: (one: (typeof found)[number]) => number) =>
        found.reduce((total, one) => total + of(one), 0);
      return {
        events: found.map((one) => ({
          event_id: one.eventId,
          total_waiting: one.waiting,
          total_admitted: one.admitted,
          admission_rate_per_minute: Math.round(one.admissionsPerMinute),
          average_wait_time_seconds: Math.round(one.averageWaitSeconds),
          last_updated: now,
        })),
        system: {
          total_active_queues: found.length,
          total_waiting_users: sum(({ waiting }) => waiting),
          total_admitted_users: sum(({ admitted }) => admitted),
          system_capacity_percentage: 0,
          average_admission_rate:
            found.length === 0 ? 0 : sum(({ admissionsPerMinute }) => admissionsPerMinute) / found.length,
          last_updated: now,
        },
        error: undefined,
      };
    },
    failed: (error) => GetQueueStatsResponse.create({ error }),
    http: [
      {
        method: 'GET',
        paths: ['/api/v1/queue/stats'],
        summary: 'How many wait and were admitted, of one queue or of all',
        input: z.object({ event_id: z.string().optional() }).transform((input) => ({
          event_id: input.event_id ?? '',
        })),
        needsKey: false,
        success: 200,
        write: ({ events, system }) => ({ events, system }),
        output: z.object({ events: z.array(z.looseObject({})), system: z.looseObject({}) }),
      },
    ],
  };
}
