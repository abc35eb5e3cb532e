import createNextIntlPlugin from 'next-intl/plugin';

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // server/http/compressed.ts does it, in brotli, too.
  compress: false,
  // Checked once, by `npm run verify`; a build should not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Native modules, and libraries that must be the same instance as the server's.
  serverExternalPackages: [
    '@grpc/grpc-js',
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
    'pino',
    'prom-client',
  ],
};

export default createNextIntlPlugin('./app/_i18n/request.ts')(config);
