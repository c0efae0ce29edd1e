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
  readonly metricsHost: string;
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
  /** The service account of two acts: a code to a caller, the lock behind "this was not me". */
  readonly servicePatFile: string | undefined;
  /** The mail server, as `smtp://` or `smtps://`, with name and password in it where it wants them. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly webhook: { readonly url: string; readonly secretFile: string } | undefined;
  /** What a whole ticket must look like. */
  readonly ticketPattern: RegExp | undefined;
  /** Whether a change of the login policy needs a second person. */
  readonly policyApproval: boolean;
  /** Whether the operator's sign-in pages take recovery codes; ZITADEL's embedded ones do not. */
  readonly recoveryCodesAtSignIn: boolean;
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

const flag = () =>
  z
    .enum(['0', '1'], { error: 'must be 0 or 1' })
    .default('0')
    .transform((text) => text === '1');

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
  LATCHKEY_SERVICE_PAT_FILE: z.string().optional(),
  LATCHKEY_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must begin with smtp:// or smtps://' }).optional(),
  LATCHKEY_MAIL_FROM: z.string().optional(),
  LATCHKEY_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'must be an address, https' }).optional(),
  LATCHKEY_WEBHOOK_SECRET_FILE: z.string().optional(),
  LATCHKEY_TICKET_PATTERN: z.string().transform(parsePattern).optional(),
  LATCHKEY_POLICY_APPROVAL: flag(),
  LATCHKEY_RECOVERY_CODES_AT_SIGN_IN: flag(),
  LATCHKEY_METRICS_PORT: portNumber().optional(),
  LATCHKEY_METRICS_HOST: z.string().default('127.0.0.1'),
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
  if (values) faults.push(...findHalfWebhook(values.LATCHKEY_WEBHOOK_URL, values.LATCHKEY_WEBHOOK_SECRET_FILE));
  if (!values || !client || faults.length > 0) throw new ConfigurationError(faults);
  return {
    host: values.HOST,
    port,
    metricsPort: values.LATCHKEY_METRICS_PORT,
    metricsHost: values.LATCHKEY_METRICS_HOST,
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
    servicePatFile: values.LATCHKEY_SERVICE_PAT_FILE ? resolve(values.LATCHKEY_SERVICE_PAT_FILE) : undefined,
    smtpUrl: values.LATCHKEY_SMTP_URL,
    mailFrom: values.LATCHKEY_MAIL_FROM ?? `Latchkey <latchkey@${new URL(publicUrl).hostname}>`,
    webhook: webhookOf(values.LATCHKEY_WEBHOOK_URL, values.LATCHKEY_WEBHOOK_SECRET_FILE),
    ticketPattern: values.LATCHKEY_TICKET_PATTERN,
    policyApproval: values.LATCHKEY_POLICY_APPROVAL,
    recoveryCodesAtSignIn: values.LATCHKEY_RECOVERY_CODES_AT_SIGN_IN,
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

function webhookOf(url: string | undefined, secretFile: string | undefined): Config['webhook'] {
  return url && secretFile ? { url, secretFile: resolve(secretFile) } : undefined;
}

/** A webhook that is not signed could be anybody's, and one in the clear could be read. */
function findHalfWebhook(url: string | undefined, secretFile: string | undefined): string[] {
  if (!url) return secretFile ? ['LATCHKEY_WEBHOOK_SECRET_FILE: is of no use without LATCHKEY_WEBHOOK_URL'] : [];
  const { protocol, hostname } = new URL(url);
  const faults = secretFile ? [] : ['LATCHKEY_WEBHOOK_SECRET_FILE: is required with LATCHKEY_WEBHOOK_URL'];
  if (protocol === 'https:' || isLocalHost(hostname)) return faults;
  return [...faults, 'LATCHKEY_WEBHOOK_URL: must be https; plain http is taken for local hosts only'];
}

/** What the whole ticket must match: anchored here, so that nobody forgets to. */
function parsePattern(text: string, context: z.RefinementCtx): RegExp {
  try {
    return new RegExp(`^(?:${text})$`, 'u');
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a regular expression' });
    return z.NEVER;
  }
}

/** A number of hops, or addresses and CIDR ranges of the proxies in front, separated by commas. */
function parseTrustProxy(text: string, context: z.RefinementCtx): number | readonly string[] {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => /^(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)$/.test(part))) return parts;
  context.addIssue({ code: 'custom', message: 'must be a number of proxies, or their addresses or CIDR ranges' });
  return z.NEVER;
}
