import type { Response } from 'express';

/**
 * Sends the browser elsewhere. Always 303, so that nothing is posted on (RFC 9700, 4.12), and always with a fragment of
 * its own: without one the browser re-attaches that of the address it came from, and `response_mode=fragment` would
 * carry a code there (RFC 9700, 4.1.3).
 */
export function seeOther(res: Response, location: string): void {
  res.status(303).setHeader('Location', location.includes('#') ? location : `${location}#`);
  res.end();
}
