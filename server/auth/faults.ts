import { AppError, type ErrorCode } from '../errors';
import type { PasswordFault } from './passwords';
import type { UsernameFault } from './usernames';

/** Why an account can't be deleted now. */
export type AccountFault =
  | 'admin'
  | 'in_match'
  | 'in_tournament'
  | 'seat_open'
  | 'payment_open'
  | 'runs_tournament'
  | 'runs_room';

/**
 * Everything that can be wrong with what somebody asks of the accounts: the field and the reason, for pages that say
 * it in another language. `account` is the log-in as a whole.
 */
export type AuthFault =
  | {
      readonly field: 'username';
      readonly reason: UsernameFault | 'taken' | 'confusable' | 'chosen' | 'not_yours';
    }
  | { readonly field: 'password' | 'newPassword'; readonly reason: PasswordFault }
  | { readonly field: 'currentPassword'; readonly reason: 'wrong' | 'none' }
  | { readonly field: 'adminToken'; readonly reason: 'required' | 'wrong' }
  | {
      readonly field: 'account';
      readonly reason:
        | 'wrong'
        | 'banned'
        | 'too_many_failures'
        | 'too_many_registrations'
        | 'too_many_guests'
        | 'busy'
        | AccountFault;
    };

/** An error with its `detail {field, reason}`. @param extra seconds to wait, for instance. */
export function authError(
  code: ErrorCode,
  message: string,
  fault: AuthFault,
  extra: { cause?: unknown; retryAfterSeconds?: number } = {},
): AppError {
  const { cause, retryAfterSeconds } = extra;
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return new AppError(code, message, { cause, detail: { ...fault, ...wait } });
}
