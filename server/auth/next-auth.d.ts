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
  }
}
