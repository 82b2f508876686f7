// For Prisma's own command line only (generate, migrate deploy). The service takes its database from src/config.ts and
// applies the migrations by itself (src/store/migrations.ts).
import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
