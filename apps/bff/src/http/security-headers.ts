import type { NextFunction, Request, RequestHandler, Response } from 'express';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'none'",
  "worker-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

export const cspReportPath = '/bff/csp-report';

const deniedFeatures = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/**
 * The headers of every answer: pages, assets, JSON, errors alike, because one document without a policy on the same
 * origin is a foothold for all the others (OWASP ASVS 5.0, 3.4).
 *
 * @param publicUrl the origin people type. What asks browsers to insist on https is sent only where there is https:
 *   on http://localhost it would be ignored at best and break the page's own assets at worst.
 */
export function securityHeadersFor(publicUrl: string): Readonly<Record<string, string>> {
  const secure = publicUrl.startsWith('https:');
  const policy = [...contentSecurityPolicy, ...(secure ? ['upgrade-insecure-requests'] : [])];
  return {
    'Content-Security-Policy': [...policy, `report-uri ${cspReportPath}`].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Origin-Agent-Cluster': '?1',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
    ...(secure ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload' } : {}),
  };
}

/** Puts the headers on before anything else may answer. Nothing is stored unless a later step says otherwise. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const headers = securityHeadersFor(publicUrl);
  return function setSecurityHeaders(_req: Request, res: Response, next: NextFunction): void {
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    res.setHeader('Cache-Control', 'no-store');
    next();
  };
}
