import type { Response } from 'express';
import { type Html, html } from './html.ts';
import { STYLE_PATH } from './styles.ts';

/** A page about to be sent. */
export interface Page {
  /** Of the window, and of the page unless `body` has its own. */
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Wide enough for a table. */
  readonly wide?: boolean;
  /** Origins besides our own to which a form's answer may lead on: where the application's callback is. */
  readonly formTargets?: readonly string[];
  /** Path of a script of ours. */
  readonly script?: string;
}

/** A page as text, and the headers it is sent with. */
export function renderPage(page: Page): { readonly headers: Record<string, string>; readonly text: string } {
  return { headers: securityHeaders(page), text: documentOf(page).html };
}

/** Sends a page. It works without JavaScript unless it has a script, and holds nothing of anybody else's. */
export function sendPage(response: Response, page: Page): void {
  const { headers, text } = renderPage(page);
  response
    .status(page.status ?? 200)
    .set(headers)
    .type('text/html')
    .send(text);
}

function documentOf({ title, body, wide, script }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="data:,">
${script && html`<script type="module" src="${script}"></script>`}
</head>
<body>
<main class="${wide ? 'wide' : 'card'}">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

/** Browsers follow `form-action` over redirects too, so the application's origin is named where a form may end there. */
function securityHeaders({ formTargets = [], script }: Page): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      'img-src data:',
      ...(script ? ["script-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"] : []),
      `form-action ${["'self'", ...formTargets].join(' ')}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
}
