import { type DestinationStream, type Logger, pino } from 'pino';

/** Fields that must never be written, wherever a careless line puts them. The first defence is not to log them at all. */
const secretFields = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-csrf',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'idToken',
  'id_token',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'logout_token',
  'password',
];

/** The process's log: JSON lines, secrets replaced. `destination` is standard output unless a test wants to read it. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const paths = secretFields.flatMap((field) => {
    const quoted = field.includes('-') ? `["${field}"]` : field;
    const dotted = field.includes('-') ? quoted : `.${quoted}`;
    // `code` at the top is a problem's code; below `headers`, `params` and the like it is an authorisation code.
    return field === 'code' ? [`params.${field}`, `query.${field}`] : [quoted, `*${dotted}`, `*.*${dotted}`];
  });
  return pino({ level, base: null, redact: { paths, censor: '[redacted]' } }, destination ?? pino.destination(1));
}
