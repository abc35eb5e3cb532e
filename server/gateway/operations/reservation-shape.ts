import { ZodError, z } from 'zod';
import type { Router } from '../../http/router';
import { refusal } from '../../tournaments/refusals';
import { reservationFailure } from '../clients/reservation-errors';
import { RESERVATION_SHAPES } from '../clients/reservation-shape';
import type { Shape } from '../clients/shape';
import { type Defined, define } from '../define';
import type { Answer, HttpBinding, Operation } from '../operation';
import { Reply } from '../reply';
import type { ReservationService } from '../services';
import { reservationCalls } from './reservations';

const PATH = '/v1/reservations';

function bindingOf<Request, Response extends Answer>(
  shape: Shape<Request, Response>,
): HttpBinding<Request, Response> {
  return {
    method: shape.method,
    paths: [shape.path],
    summary: '',
    input: z.record(z.string(), z.unknown()).transform((input, context): Request => {
      try {
        return shape.readRequest({ params: input, query: input, body: input });
      } catch (error) {
        if (!(error instanceof ZodError)) throw error;
        for (const { path, message } of error.issues)
          context.addIssue({ code: 'custom', path: [...path], message });
        return z.NEVER;
      }
    }),
    needsKey: shape.needsKey,
    success: shape.success,
    write: (response, request) => shape.writeAnswer(response, request),
    fail: reservationFailure,
    output: z.unknown(),
  };
}

/** The same operation at its path of the shape; it is described where the shape comes from. */
const shaped = <Request, Response extends Answer>(
  operation: Operation<Request, Response>,
  shape: Shape<Request, Response>,
): Defined => ({ ...define({ ...operation, http: [bindingOf(shape)] }), routes: [] });

/**
 * Seats in reservation-api's HTTP shape: what `BACKEND_RESERVATION_URL` of another arcade may name. Like
 * ReservationService over gRPC these are always the arcade's own.
 */
export function reservationShapeOperations(service: ReservationService): Defined[] {
  const calls = reservationCalls(service);
  const shapes = RESERVATION_SHAPES;
  return [
    shaped(calls.createReservation, shapes.createReservation),
    shaped(calls.getReservation, shapes.getReservation),
    shaped(calls.confirmReservation, shapes.confirmReservation),
    shaped(calls.cancelReservation, shapes.cancelReservation),
    shaped(calls.listReservations, shapes.listReservations),
    shaped(calls.extendHold, shapes.extendHold),
  ];
}

/** What is nobody's below the shape's path is refused in its words. */
export function mountReservationShape(router: Router): void {
  router.mount(PATH, (req) => {
    throw refusal('no_route', `not found: there is nothing at ${(req.url ?? '').split('?', 1)[0]}.`);
  });
  router.surface(PATH, (res, error) => new Reply(res).fail(error, reservationFailure));
}
