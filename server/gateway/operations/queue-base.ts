import { z } from 'zod';
import type { Place, Queue } from '../../tournaments/queue/queue';
import { reasonOf } from '../../tournaments/refusals';
import { queueOperations } from '../counts';
import type { Answer } from '../operation';
import type { CallInfo } from '../services';

/** What the operations of the queue share. */

export const token = z.string().trim().min(1, 'is missing');
export const status = z.enum(['waiting', 'ready']);

/** Counts what came of it. */
export function counted<Request, Response extends Answer>(
  operation: string,
  run: (request: Request, call: CallInfo) => Response | Promise<Response>,
): (request: Request, call: CallInfo) => Response | Promise<Response> {
  const good = queueOperations.labels({ operation, status: 'ok' });
  const refused = (error: unknown) => {
    queueOperations.inc({ operation, status: reasonOf(error) ?? 'error' });
    throw error;
  };
  return (request, call) => {
    try {
      const answer = run(request, call);
      if (!(answer instanceof Promise)) {
        good.inc();
        return answer;
      }
      return answer.then((given) => {
        good.inc();
        return given;
      }, refused);
    } catch (error) {
      return refused(error);
    }
  };
}

/** What all of them have; `holds` is whether a waiting token is one. */
export function queueBase(queue: Queue) {
  const holds = (held: string): boolean => {
    try {
      queue.place(held);
      return true;
    } catch {
      return false;
    }
  };
  return { family: 'queue', holds } as const;
}

/** From memory; a place that another process gave is looked for. */
export function placed(queue: Queue, held: string): Place | Promise<Place> {
  try {
    return queue.place(held);
  } catch (error) {
    if (reasonOf(error) !== 'no_place') throw error;
    return queue.lookUp(held);
  }
}
