import { join } from 'node:path';
import { parseEnvironment } from '@latchkey/env/parse-environment';
import { origin, port } from '@latchkey/env/variables';
import * as z from 'zod';
import type { LogoutSchedule } from './oidc/back-channel/schedule.ts';

/** What the first start puts into an empty instance: demo organisations and people, or nothing but its machine users. */
export type Demo = 'people' | 'none';

/** Everything the embedded identity server is told from outside. */
export interface IdentityConfiguration {
  /** Port to listen on; 0 asks the system for a free one. */
  readonly port: number;
  readonly host: string;
  /** Folder of the database, keys and tokens: `$LATCHKEY_DATA/identity`. */
  readonly folder: string;
  readonly demo: Demo;
  /** Origin of the console; its redirect URIs follow it at every start. */
  readonly publicUrl: string;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Longest time in milliseconds by which reads lag behind writes, as a real server's do; 0 for none. */
  readonly readsLag: number;
  /**
   * Milliseconds between finding a code or refresh token and replacing it: with 30, two refreshes at once both succeed
   * and the tokens of one are dead, as on a real server; with 0 that is rare.
   */
  readonly refreshPause: number;
  /** When applications are told of ended sign-ins; default: as a real server does. */
  readonly logoutSchedule?: LogoutSchedule;
}

const milliseconds = () => {
  const error = 'must be milliseconds, 0 to 1000';
  return z.coerce.number({ error }).int(error).min(0, error).max(1000, error).default(0);
};

const shape = {
  IDENTITY_PORT: port(8080),
  HOST: z.string().default('127.0.0.1'),
  LATCHKEY_DATA: z.string().default('.data'),
  LATCHKEY_DEMO: z.enum(['people', 'none'], { error: 'must be people or none' }).default('people'),
  LATCHKEY_PUBLIC_URL: origin().default('http://localhost:3000'),
  LATCHKEY_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], { error: 'must be silent, error, warn, info or debug' })
    .default('warn'),
  IDENTITY_READS_LAG: milliseconds(),
  IDENTITY_REFRESH_PAUSE: milliseconds(),
};

/**
 * Reads the configuration from the environment.
 *
 * @throws ConfigurationError naming every wrong variable and what it may be.
 */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): IdentityConfiguration {
  const values = parseEnvironment(shape, environment);
  return {
    port: values.IDENTITY_PORT,
    host: values.HOST,
    folder: join(values.LATCHKEY_DATA, 'identity'),
    demo: values.LATCHKEY_DEMO,
    publicUrl: values.LATCHKEY_PUBLIC_URL,
    logLevel: values.LATCHKEY_LOG_LEVEL,
    readsLag: values.IDENTITY_READS_LAG,
    refreshPause: values.IDENTITY_REFRESH_PAUSE,
  };
}
