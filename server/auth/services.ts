import { getDb } from '../db/client';
import type { AccountServices } from './accounts';
import { adminNames } from './admin';
import { authLimits } from './rate-limits';

/** The account functions' services as this process has them. */
export function accountServices(): AccountServices {
  return { db: getDb(), limits: authLimits(), admins: adminNames() };
}
