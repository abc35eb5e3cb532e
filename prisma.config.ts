import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only the CLI reads this, against a database of your own; the arcade migrates itself at start.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/arcade' },
});
