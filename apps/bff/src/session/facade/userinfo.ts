import type { Request, Response } from 'express';
import { findOpenSession } from '../session-step.ts';

/** Who is signed in, as claims, for the page's OIDC client (OpenID Connect Core 1.0, 5.3). */
export function userinfo(_req: Request, res: Response): void {
  const session = findOpenSession(res);
  if (!session) {
    res.status(401).json({ error: 'invalid_token' });
    return;
  }
  const { row, content } = session;
  const { sub, name, loginName, email } = content.profile;
  res.json({
    sub,
    name,
    preferred_username: loginName,
    ...(email === null ? {} : { email }),
    auth_time: row.auth_time,
    amr: row.amr === '' ? [] : row.amr.split(' '),
  });
}
