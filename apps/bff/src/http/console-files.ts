import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { Problem } from './problem.ts';

/**
 * Serves the built console. Names under `/assets` carry a hash of their content and never change; a missing one is a
 * 404, never the page, which a browser would try to run as a script. Every other path outside `/bff` is the page.
 *
 * @param folder absolute path of the console's build, with `index.html` and `assets/`.
 */
export function consoleFiles(folder: string): Router {
  const router = Router();
  router.use('/assets', preferBrotli(folder));
  const files = { index: false, redirect: false, cacheControl: false } as const;
  router.use('/assets', express.static(join(folder, 'assets'), { ...files, setHeaders: describeAsset }));
  router.use('/assets', noSuchFile);
  router.use(express.static(folder, { ...files, setHeaders: (res) => res.setHeader('Cache-Control', 'no-cache') }));
  router.get('/{*path}', page(folder));
  return router;
}

/** Sends `x.js.br` for `x.js` where it lies beside it and the browser takes it. */
function preferBrotli(folder: string) {
  const known = new Map<string, boolean>();
  return function rewriteToBrotli(req: Request, res: Response, next: NextFunction): void {
    res.vary('Accept-Encoding');
    const path = req.path;
    const compressible = /^\/[A-Za-z0-9_.-]+\.(js|css|svg)$/.test(path) && req.acceptsEncodings('br');
    if (compressible && (known.get(path) ?? existsSync(join(folder, 'assets', `${path}.br`)))) {
      known.set(path, true);
      req.url = `${path}.br`;
    }
    next();
  };
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

function describeAsset(res: Response, path: string): void {
  res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  const [, extension = ''] = /\.(js|css|svg)\.br$/.exec(path) ?? [];
  const type = types[extension];
  if (!type) return;
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Encoding', 'br');
}

function noSuchFile(): never {
  throw new Problem('no_such_route');
}

function page(folder: string) {
  const hasBrotli = existsSync(join(folder, 'index.html.br'));
  return function sendPage(req: Request, res: Response, next: NextFunction): void {
    // What looks like a file at the top is not a page: /favicon.ico, /app.js.map, /.env
    if (/^\/bff(\/|$)/i.test(req.path) || /^\/[^/]*\.[A-Za-z0-9]{1,8}$/.test(req.path)) {
      next();
      return;
    }
    const compressed = hasBrotli && req.acceptsEncodings('br') !== false;
    res.vary('Accept-Encoding');
    res.setHeader('Cache-Control', 'no-cache');
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (compressed) res.setHeader('Content-Encoding', 'br');
    res.sendFile(compressed ? 'index.html.br' : 'index.html', { root: folder, cacheControl: false }, (error) => {
      if (error) next(error);
    });
  };
}
