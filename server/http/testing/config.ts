/** The configuration of an HTTP server in a test: in production, at no address of its own, behind no proxy. */
export const config = {
  TRUST_PROXY: false,
  NODE_ENV: 'production',
  SIGNALING_URL: undefined,
  NEXTAUTH_URL: undefined,
} as const;
