import type { Role } from '../db/generated/enums';

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string; role: Role; isGuest: boolean };
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    /** The `sessionEpoch` under which the log-in happened. */
    epoch: number;
    /** The log-in's id, the same through all renewals. */
    login?: string;
    /** Seconds since 1970 at which the password was given. */
    since?: number;
  }
}
