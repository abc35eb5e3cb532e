/**
 * The environment of this process: no other file touches it, and a test sees to that. What the arcade reads is
 * validated in `config.ts`; the rest are things that libraries and child processes look for there by themselves.
 */
type Environment = Readonly<Record<string, string | undefined>>;

/** What was given to this process, as it stands now. */
export function processEnvironment(): Environment {
  return process.env;
}

/**
 * Makes the libraries read what the configuration says, and nothing behind its back. Harmless to repeat.
 * @param publicUrl `NEXTAUTH_URL` as validated
 */
export function settleLibraries(publicUrl: string | undefined): void {
  const { env } = process;
  env.NEXT_TELEMETRY_DISABLED = '1';
  // Next would read `.env` files after the configuration was validated, for itself and for next-auth alone.
  env.__NEXT_PROCESSED_ENV = 'true';
  // Without an address of ours next-auth works at that of the request, which our handler has checked before.
  env.AUTH_TRUST_HOST = 'true';
  delete env.NEXTAUTH_URL_INTERNAL;
  if (publicUrl === undefined) delete env.NEXTAUTH_URL;
  else env.NEXTAUTH_URL = publicUrl;
}

/** Only what a program of the system needs to run: our secrets are none of its, and its behaviour not the shell's. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, NODE_ENV } = process.env;
  return {
    NODE_ENV,
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(PATH ? { PATH } : {}),
    ...(SystemRoot ? { SystemRoot } : {}),
  };
}
