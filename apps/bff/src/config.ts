import { resolve } from 'node:path';
import { ConfigurationError, parseEnvironment } from '@latchkey/env/parse-environment';
import { duration, isLocalHost, origin, port, portNumber } from '@latchkey/env/variables';
import * as z from 'zod';

/** How the BFF proves to ZITADEL which application it is. There is always a proof: it is a confidential client. */
export type ClientCredentials =
  | { readonly kind: 'privateKey'; readonly keyFile: string; readonly clientId: string | undefined }
  | { readonly kind: 'secret'; readonly secretFile: string; readonly clientId: string };

/** Everything the BFF was told, parsed. Lengths of time are whole seconds, folders absolute, origins without a slash. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number | undefined;
  readonly publicUrl: string;
  readonly trustProxy: number | readonly string[];
  readonly data: string;
  readonly databaseUrl: string | undefined;
  readonly issuer: string;
  readonly client: ClientCredentials;
  readonly apiUrl: string;
  readonly apiHost: string | undefined;
  readonly removalApi: 'auto' | 'v1' | 'v2';
  readonly logoutTokenTyp: 'zitadel' | 'strict';
  readonly sessions: SessionLimits;
  readonly rateScale: number;
  /** How long audit records are kept, in days; 0 for ever. */
  readonly auditDays: number;
  /** Whether traces are sent: OpenTelemetry's own variables say where and how. */
  readonly tracing: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** How long things last, in seconds. `refreshIdle` and `refreshAbsolute` are ZITADEL's, told by its operator. */
export interface SessionLimits {
  readonly idle: number;
  readonly absolute: number;
  readonly stepUp: number;
  readonly maximum: number;
  readonly refreshIdle: number;
  readonly refreshAbsolute: number;
}

const required = (what: string) => z.string({ error: `is required: ${what}` });

const shape = {
  PORT: port(3000),
  HOST: z.string().default('127.0.0.1'),
  LATCHKEY_PUBLIC_URL: origin().optional(),
  LATCHKEY_DATA: z.string().default('.data'),
  LATCHKEY_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://; leave it unset for a file in the data folder')
    .optional(),
  LATCHKEY_ISSUER: required("ZITADEL's issuer, such as https://login.example.com").pipe(origin()),
  LATCHKEY_CLIENT_ID: z.string().optional(),
  LATCHKEY_CLIENT_KEY_FILE: z.string().optional(),
  LATCHKEY_CLIENT_SECRET_FILE: z.string().optional(),
  LATCHKEY_API_URL: origin().optional(),
  LATCHKEY_API_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/, 'must be a host name, with a port if need be')
    .optional(),
  LATCHKEY_REMOVAL_API: z.enum(['auto', 'v1', 'v2'], { error: 'must be auto, v1 or v2' }).default('auto'),
  LATCHKEY_LOGOUT_TOKEN_TYP: z.enum(['zitadel', 'strict'], { error: 'must be zitadel or strict' }).default('zitadel'),
  LATCHKEY_SESSION_IDLE: duration('15m', { min: '2m', max: '30m' }),
  LATCHKEY_REFRESH_IDLE: duration('30d', { min: '1m', max: '3650d' }),
  LATCHKEY_REFRESH_ABSOLUTE: duration('90d', { min: '1m', max: '3650d' }),
  LATCHKEY_MAX_SESSIONS: z.coerce
    .number({ error: 'must be a number, 1 to 100' })
    .int('must be a whole number, 1 to 100')
    .min(1, 'must be 1 to 100')
    .max(100, 'must be 1 to 100')
    .default(3),
  LATCHKEY_RATE_SCALE: z.coerce
    .number({ error: 'must be a number above 0' })
    .positive('must be a number above 0')
    .default(1),
  LATCHKEY_AUDIT_DAYS: z.coerce
    .number({ error: 'must be a number of days, or 0 for ever' })
    .int('must be a whole number of days')
    .min(0, 'must be 0 or more')
    .default(0),
  LATCHKEY_METRICS_PORT: portNumber().optional(),
  LATCHKEY_TRUST_PROXY: z.string().default('0').transform(parseTrustProxy),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the address of an OTLP collector over HTTP' })
    .optional(),
  LATCHKEY_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent' })
    .default('info'),
};

/**
 * Reads the BFF's configuration.
 *
 * @param environment usually `process.env`; the variables are those of docs/operate.md.
 * @throws ConfigurationError naming every fault at once.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const values = collectFaults(faults, () => parseEnvironment(shape, environment));
  const port = values?.PORT ?? 3000;
  const publicUrl = values?.LATCHKEY_PUBLIC_URL ?? `http://localhost:${port}`;
  const client = collectFaults(faults, () => readClientCredentials(environment));
  if (values) faults.push(...findInsecureUrls(publicUrl, values.LATCHKEY_ISSUER, values.LATCHKEY_API_URL));
  if (!values || !client || faults.length > 0) throw new ConfigurationError(faults);
  return {
    host: values.HOST,
    port,
    metricsPort: values.LATCHKEY_METRICS_PORT,
    publicUrl,
    trustProxy: values.LATCHKEY_TRUST_PROXY,
    data: resolve(values.LATCHKEY_DATA),
    databaseUrl: values.LATCHKEY_DATABASE_URL,
    issuer: values.LATCHKEY_ISSUER,
    client,
    apiUrl: values.LATCHKEY_API_URL ?? values.LATCHKEY_ISSUER,
    apiHost: values.LATCHKEY_API_HOST,
    removalApi: values.LATCHKEY_REMOVAL_API,
    logoutTokenTyp: values.LATCHKEY_LOGOUT_TOKEN_TYP,
    sessions: {
      idle: values.LATCHKEY_SESSION_IDLE,
      absolute: 8 * 3600,
      stepUp: 5 * 60,
      maximum: values.LATCHKEY_MAX_SESSIONS,
      refreshIdle: values.LATCHKEY_REFRESH_IDLE,
      refreshAbsolute: values.LATCHKEY_REFRESH_ABSOLUTE,
    },
    rateScale: values.LATCHKEY_RATE_SCALE,
    auditDays: values.LATCHKEY_AUDIT_DAYS,
    tracing: values.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    logLevel: values.LATCHKEY_LOG_LEVEL,
  };
}

function collectFaults<Value>(faults: string[], read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

function readClientCredentials(environment: Readonly<Record<string, string | undefined>>): ClientCredentials {
  const clientId = environment.LATCHKEY_CLIENT_ID || undefined;
  const keyFile = environment.LATCHKEY_CLIENT_KEY_FILE;
  const secretFile = environment.LATCHKEY_CLIENT_SECRET_FILE;
  if (keyFile && secretFile) {
    throw new ConfigurationError(['LATCHKEY_CLIENT_SECRET_FILE: must be unset when LATCHKEY_CLIENT_KEY_FILE is set']);
  }
  if (keyFile) return { kind: 'privateKey', keyFile: resolve(keyFile), clientId };
  if (secretFile && clientId) return { kind: 'secret', secretFile: resolve(secretFile), clientId };
  if (secretFile) throw new ConfigurationError(['LATCHKEY_CLIENT_ID: is required with LATCHKEY_CLIENT_SECRET_FILE']);
  throw new ConfigurationError([
    'LATCHKEY_CLIENT_KEY_FILE: is required (or LATCHKEY_CLIENT_SECRET_FILE): without client authentication anybody who ' +
      'sees a code or a refresh token could use it, so an application of type "none" is refused',
  ]);
}

function findInsecureUrls(publicUrl: string, issuer: string, apiUrl: string | undefined): string[] {
  const faults: string[] = [];
  const page = new URL(publicUrl);
  // Elsewhere browsers refuse the Secure cookies, send no Sec-Fetch headers and offer no crypto.subtle for PKCE.
  if (page.protocol !== 'https:' && page.hostname !== 'localhost' && page.hostname !== '127.0.0.1') {
    faults.push(
      'LATCHKEY_PUBLIC_URL: must be https, or http on localhost or 127.0.0.1: on any other http address browsers refuse ' +
        'the Secure session cookie and nobody could sign in',
    );
  }
  for (const [name, text] of Object.entries({ LATCHKEY_ISSUER: issuer, LATCHKEY_API_URL: apiUrl })) {
    if (text === undefined) continue;
    const url = new URL(text);
    if (url.protocol === 'https:' || isLocalHost(url.hostname)) continue;
    faults.push(`${name}: must be https; plain http would send tokens in the clear and is taken for local hosts only`);
  }
  return faults;
}

/** A number of hops, or addresses and CIDR ranges of the proxies in front, separated by commas. */
function parseTrustProxy(text: string, context: z.RefinementCtx): number | readonly string[] {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => /^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/.test(part))) return parts;
  context.addIssue({ code: 'custom', message: 'must be a number of proxies, or their addresses or CIDR ranges' });
  return z.NEVER;
}
