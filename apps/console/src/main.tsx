import { i18n } from '@lingui/core';
import { I18nProvider, useLingui } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { Fragment, type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/query-client.ts';
import { takeNotMeCode } from './features/not-me/take-code.ts';
import { activateLocale } from './i18n/activate-locale.ts';
import { paths } from './paths.ts';
import { applyDensity, readDensity } from './preferences/density.ts';
import { shownLanguage } from './preferences/language.ts';
import { applyTheme, readTheme } from './preferences/theme.ts';
import { routes } from './routes.tsx';
import { setSecondFactorWanted } from './session/second-factor-wanted.ts';
import { forgetSession, sessionQuery } from './session/session-query.ts';
import { watchSession } from './session/watch-session.ts';
import './styles/main.css';

// Before anything else reads the address: the code in it locks an account.
if (location.pathname === paths.notMe) takeNotMeCode();

const queryClient = createQueryClient({
  onSignedOut: forgetSession,
  onStepUp: (client) => setSecondFactorWanted(client, true),
});
void queryClient.prefetchQuery(sessionQuery);
watchSession(queryClient);
applyTheme(readTheme());
applyDensity(readDensity());
await activateLocale(shownLanguage());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
const router = createBrowserRouter(routes(queryClient));
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <InLanguage>
          <RouterProvider router={router} />
        </InLanguage>
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);

/** Words are read where they are used: a change of language draws the page anew. */
function InLanguage({ children }: { readonly children: ReactNode }) {
  return <Fragment key={useLingui().i18n.locale}>{children}</Fragment>;
}
