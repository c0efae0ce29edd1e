import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Problem } from './problem.ts';

/** Paths under `/bff` that are not only fetched by our page: compared exactly, so a variant gets the strict rule. */
export interface SameOriginExceptions {
  /** The page navigates there (sign-in, sign-out); a person may also have typed or bookmarked it. */
  readonly navigations: readonly string[];
  /** Called from elsewhere by nature; they have guards of their own. */
  readonly open: readonly string[];
}

/**
 * Refuses requests that our own page did not make. SameSite=Strict does not: a sibling subdomain is same-site.
 * Fetch Metadata decides where the browser sends it; where it does not, `Origin` must be ours, so a request with neither
 * is refused. `Origin`, when present, must be ours in any case. There are no CORS headers anywhere.
 *
 * @param publicUrl our origin, compared exactly.
 * @see OWASP ASVS 5.0, 3.5.1 and 3.5.8
 */
export function sameOrigin(publicUrl: string, exceptions: SameOriginExceptions): RequestHandler {
  return function refuseCrossOrigin(req: Request, _res: Response, next: NextFunction): void {
    const path = req.originalUrl.split('?', 1)[0] ?? '';
    if (!exceptions.open.includes(path)) refuse(req, publicUrl, exceptions.navigations.includes(path));
    next();
  };
}

function refuse(req: Request, publicUrl: string, navigation: boolean): void {
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  const destination = req.get('sec-fetch-dest');
  const bySelf = site === undefined ? origin === publicUrl : site === 'same-origin' || (navigation && site === 'none');
  if (!bySelf || (origin !== undefined && origin !== publicUrl)) throw new Problem('cross_site');
  // A navigation fills a window: never a frame, an image or a prefetch of a page.
  if (navigation && destination !== undefined && destination !== 'document') throw new Problem('cross_site');
}
