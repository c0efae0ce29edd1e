/**
 * What `pg` says, without a code, when a connection breaks or none comes about in time (pg/lib/client.js,
 * pg-pool/index.js).
 */
const words =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;

/**
 * Whether an error says that PostgreSQL cannot be reached or has just gone: a socket's own code, a class 08 SQLSTATE
 * (connection exception), or one of 57P01 to 57P03 (it is shutting down or starting).
 */
export function isDatabaseLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08...|57P0[123])$/.test(code) ||
    words.test(error.message)
  );
}
