import { t } from '@lingui/core/macro';
import { Suspense, useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { SessionEndBanner } from '../session/session-end-banner.tsx';
import { LiveRegion } from '../ui/announce.tsx';
import { focusPageTitle } from '../ui/page-title.tsx';
import { PendingPage } from '../ui/pending-page.tsx';
import { Bar } from './bar.tsx';
import { ConfirmHost } from './confirm-host.tsx';
import { OfflineBanner } from './offline-banner.tsx';

/** What stands around every page: the way past the bar, the bar, the page, the one dialog, the one live region. */
export function Frame() {
  const { pathname } = useLocation();
  const lastPathname = useRef(pathname);
  useEffect(() => {
    if (lastPathname.current === pathname) return;
    lastPathname.current = pathname;
    focusPageTitle();
  }, [pathname]);

  return (
    <>
      <a className="skip-link" href="#main">{t`Skip to the page`}</a>
      <Bar />
      <OfflineBanner />
      <SessionEndBanner />
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<PendingPage />}>
          <Outlet />
        </Suspense>
      </main>
      <ConfirmHost />
      <LiveRegion />
      <ScrollRestoration />
    </>
  );
}
