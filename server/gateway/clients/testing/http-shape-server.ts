import { ZodError } from 'zod';
import { asAppError } from '../../../errors';
import type { Answer } from '../../operation';
import type { CallInfo, Method, ReservationService } from '../../services';
import { withKey } from '../remote';
import { reservationFailure, writeReservationError } from '../reservation-errors';
import { RESERVATION_SHAPES } from '../reservation-shape';
import type { Shape, ShapeInput } from '../shape';

/** What is answered: a status, and what goes out as JSON. */
export interface ShapeAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One route of reservation-api's HTTP shape, for whichever router carries it. */
export interface ShapeRoute {
  readonly method: 'GET' | 'POST';
  /** With `:id`. */
  readonly path: string;
  /** Never rejects. */
  handle(input: ShapeInput, call: CallInfo): Promise<ShapeAnswer>;
}

function route<Request extends object, Response extends Answer>(
  shape: Shape<Request, Response>,
  method: Method<Request, Response>,
  onBug: (error: unknown) => void,
): ShapeRoute {
  return {
    method: shape.method,
    path: shape.path,
    async handle(input, call) {
      try {
        if (shape.needsKey && call.idempotencyKey === undefined)
          return writeReservationError({
            code: 10,
            message: 'Idempotency-Key is missing.',
            trace_id: call.requestId,
            details: [],
          });
        const request = shape.readRequest(input);
        const answer = await method(withKey(request, call.idempotencyKey), call);
        if (answer.error) return writeReservationError(answer.error);
        return { status: shape.success, body: shape.writeAnswer(answer, request) };
      } catch (error) {
        if (!asAppError(error) && !(error instanceof ZodError)) onBug(error);
        return reservationFailure(error, call.requestId);
      }
    },
  };
}

/**
 * Serves seats in reservation-api's HTTP shape (`/v1/reservations…`), over whichever service keeps them. Mount `confirm`,
 * `cancel` and `extend` with their method: `GET /v1/reservations/:id` takes what has no route of its own.
 * @param onBug told of what is nobody's refusal
 */
export function reservationShapeRoutes(
  service: ReservationService,
  onBug: (error: unknown) => void,
): readonly ShapeRoute[] {
  const shapes = RESERVATION_SHAPES;
  return [
    route(shapes.createReservation, service.createReservation, onBug),
    route(shapes.getReservation, service.getReservation, onBug),
    route(shapes.confirmReservation, service.confirmReservation, onBug),
    route(shapes.cancelReservation, service.cancelReservation, onBug),
    route(shapes.listReservations, service.listReservations, onBug),
    route(shapes.extendHold, service.extendHold, onBug),
  ];
}
