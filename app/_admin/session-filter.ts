import { SESSION_STATUSES, type SessionStatus } from '../../proto/sessions';

/** What the list of sessions is narrowed to; it lives in the address, so that a view can be shared. */
export interface SessionFilter {
  readonly status: SessionStatus | undefined;
  readonly player: string;
  /** UTC days, `2026-11-21`. */
  readonly from: string;
  readonly to: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Reads a filter from an address; what makes no sense is left out. */
export function filterFrom(parameters: URLSearchParams): SessionFilter {
  const status = parameters.get('status');
  const day = (name: string) => {
    const text = parameters.get(name) ?? '';
    return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
  };
  return {
    status: SESSION_STATUSES.find((known) => known === status),
    player: (parameters.get('player') ?? '').trim().slice(0, 100),
    from: day('from'),
    to: day('to'),
  };
}

/** What `admin.sessions` is asked; the last day counts whole. */
export function queryOf({ status, player, from, to }: SessionFilter) {
  return {
    limit: 50,
    ...(status ? { statuses: [status] } : {}),
    ...(player ? { player } : {}),
    ...(from ? { from: new Date(`${from}T00:00:00Z`) } : {}),
    ...(to ? { to: new Date(`${to}T23:59:59.999Z`) } : {}),
  };
}
