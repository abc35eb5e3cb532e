import { roomLogger } from '../logger';
import { backendSeconds } from './counts';
import type { Answer } from './operation';
import type { CallInfo, Method, PaymentService, ReservationService } from './services';

const log = roomLogger('gateway');

/** What GatewayService, the HTTP twin and the pages stand in front of: here, or elsewhere. */
export interface Backends {
  readonly reservations: ReservationService;
  readonly payments: PaymentService;
}

/** Times a method and says in the log what it cost whom. */
function timed<Request, Response extends Answer>(
  service: keyof Backends,
  name: string,
  method: Method<Request, Response>,
): Method<Request, Response> {
  return async (request: Request, call: CallInfo) => {
    const began = performance.now();
    let status = 'failed';
    try {
      const answer = await method(request, call);
      status = answer.error ? 'refused' : 'ok';
      return answer;
    } finally {
      const ms = performance.now() - began;
      backendSeconds.observe({ service, method: name, status }, ms / 1000);
      log.debug({ requestId: call.requestId, service, method: name, status, ms }, 'backend answered');
    }
  };
}

/** The same backends, each call of theirs timed. */
export function timedBackends({ reservations, payments }: Backends): Backends {
  return {
    reservations: {
      createReservation: timed('reservations', 'createReservation', reservations.createReservation),
      getReservation: timed('reservations', 'getReservation', reservations.getReservation),
      confirmReservation: timed('reservations', 'confirmReservation', reservations.confirmReservation),
      cancelReservation: timed('reservations', 'cancelReservation', reservations.cancelReservation),
      listReservations: timed('reservations', 'listReservations', reservations.listReservations),
      extendHold: timed('reservations', 'extendHold', reservations.extendHold),
    },
    payments: {
      createPaymentIntent: timed('payments', 'createPaymentIntent', payments.createPaymentIntent),
      getPaymentStatus: timed('payments', 'getPaymentStatus', payments.getPaymentStatus),
      processPayment: timed('payments', 'processPayment', payments.processPayment),
      cancelPayment: timed('payments', 'cancelPayment', payments.cancelPayment),
      listPayments: timed('payments', 'listPayments', payments.listPayments),
    },
  };
}
