import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

// Nobody outside is told that somebody builds or runs this. Next reads it after this file.
process.env['NEXT_TELEMETRY_DISABLED'] = '1';

/** The screens only: the database and the agents live in server.ts, and reach Next's handlers through one global symbol. */
const config: NextConfig = {
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
  transpilePackages: ['@signalbox/agent-api', '@signalbox/cluster', '@signalbox/db'],
  serverExternalPackages: ['better-sqlite3', '@prisma/adapter-better-sqlite3', '@prisma/client'],
  poweredByHeader: false,
  reactStrictMode: true,
};

export default config;
