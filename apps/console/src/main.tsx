import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/query-client.ts';
import { activateLocale } from './i18n/activate-locale.ts';
import { pickLocale } from './i18n/locales.ts';
import { routes } from './routes.tsx';
import { forgetSession, sessionQuery } from './session/session-query.ts';
import { watchSession } from './session/watch-session.ts';
import './styles/main.css';

const queryClient = createQueryClient(forgetSession);
void queryClient.prefetchQuery(sessionQuery);
watchSession(queryClient);
await activateLocale(pickLocale(navigator.languages));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createBrowserRouter(routes(queryClient))} />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
