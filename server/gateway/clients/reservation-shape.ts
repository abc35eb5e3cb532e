import { cancel, confirm } from './shape-of-ends';
import { create, extend } from './shape-of-holds';
import { get, list } from './shape-of-looks';

/** The six methods of seats in reservation-api's HTTP shape; list and extend are ours. */
export const RESERVATION_SHAPES = {
  createReservation: create,
  getReservation: get,
  confirmReservation: confirm,
  cancelReservation: cancel,
  listReservations: list,
  extendHold: extend,
} as const;
