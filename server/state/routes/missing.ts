import { AppError } from '../../errors';

/** For a field that has two names. @throws {AppError} UNPROCESSABLE when neither was sent */
export function requireOne<T>(name: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new AppError('UNPROCESSABLE', `${name}: Field required.`, {
    faults: [{ type: 'missing', loc: ['body', name], msg: 'Field required', input: null }],
  });
}
