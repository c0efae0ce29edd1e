import type { QueryClient } from '@tanstack/react-query';
import { lazy } from 'react';
import type { LoaderFunctionArgs, RouteObject } from 'react-router';
import { userFactorsQuery } from './api/user-factors-query.ts';
import { userQuery } from './api/user-query.ts';
import { userActivityQuery } from './features/activity/activity-query.ts';
import { readActivityView } from './features/activity/activity-url.ts';
import { wholeActivityQuery } from './features/activity/whole-activity-query.ts';
import { loginPolicyQuery, policyReachQuery } from './features/login-policy/login-policy-queries.ts';
import { ownSessionsQuery } from './features/me/me-queries.ts';
import { resetWords } from './features/reset/reset-words.ts';
import { userSessionsQuery } from './features/user-sessions/user-sessions-queries.ts';
import { usersQuery } from './features/users/users-queries.ts';
import { readUsersView } from './features/users/users-url.ts';
import { Frame } from './frame/frame.tsx';
import { HomePage } from './frame/home-page.tsx';
import { NotFoundPage } from './frame/not-found-page.tsx';
import { RouteTrouble } from './frame/route-trouble.tsx';
import { loadWords } from './i18n/activate-locale.ts';
import { paths } from './paths.ts';
import { CallbackPage } from './session/callback-page.tsx';
import { RequireSession } from './session/require-session.tsx';
import { SignInErrorPage } from './session/sign-in-error-page.tsx';
import { SignedOutPage } from './session/signed-out-page.tsx';

const loadUsersPage = () => import('./features/users/users-page.tsx');
const loadUserRoute = () => import('./routes/user-route.tsx');
const loadLoginPolicyPage = () => import('./features/login-policy/login-policy-page.tsx');

const loadActivityPage = () => import('./features/activity/activity-page.tsx');
const loadMePage = () => import('./features/me/me-page.tsx');

/** The code of a page with the words it is written in. */
const inResetWords = async <T,>(page: Promise<T>): Promise<T> => {
  await loadWords(resetWords);
  return await page;
};
const loadResetQueries = () => import('./features/reset/reset-queries.ts');
const loadResetFormPage = () => inResetWords(import('./features/reset/form/reset-form-page.tsx'));
const loadResetPage = () => inResetWords(import('./features/reset/case/reset-page.tsx'));
const loadResetsPage = () => inResetWords(import('./features/reset/list/resets-page.tsx'));
const loadApprovalsPage = () => inResetWords(import('./features/reset/approvals/approvals-page.tsx'));
const loadNotMePage = () => inResetWords(import('./features/not-me/not-me-page.tsx'));

const ResetFormPage = lazy(loadResetFormPage);
const ResetPage = lazy(loadResetPage);
const ResetsPage = lazy(loadResetsPage);
const ApprovalsPage = lazy(loadApprovalsPage);
const NotMePage = lazy(loadNotMePage);
const ActivityPage = lazy(loadActivityPage);
const MePage = lazy(loadMePage);
const UsersPage = lazy(loadUsersPage);
const UserRoute = lazy(loadUserRoute);
const LoginPolicyPage = lazy(loadLoginPolicyPage);

/**
 * Every page, by URL. A loader starts the page's code and its reads at the same moment as the question who is signed
 * in, and waits for none of them: each part of a page shows its own waiting and its own trouble.
 */
export function routes(client: QueryClient): RouteObject[] {
  const users = ({ request }: LoaderFunctionArgs) => {
    void loadUsersPage();
    void client.prefetchQuery(usersQuery(readUsersView(new URL(request.url).searchParams)));
    return null;
  };
  const user = ({ params: { userId = '' } }: LoaderFunctionArgs) => {
    void loadUserRoute();
    void client.prefetchQuery(userQuery(userId));
    void client.prefetchQuery(userFactorsQuery(userId));
    void client.prefetchQuery(userSessionsQuery(userId));
    void client.prefetchInfiniteQuery(userActivityQuery(userId));
    return null;
  };
  const loginPolicy = () => {
    void loadLoginPolicyPage();
    void client.prefetchInfiniteQuery(policyReachQuery);
    void client.prefetchQuery(loginPolicyQuery);
    return null;
  };
  const activity = ({ request }: LoaderFunctionArgs) => {
    void loadActivityPage();
    void client.prefetchInfiniteQuery(wholeActivityQuery(readActivityView(new URL(request.url).searchParams)));
    return null;
  };
  // The reset's queries come with its code: the first page does not carry them.
  const startReset = ({ params: { userId = '' } }: LoaderFunctionArgs) => {
    prepare(loadResetFormPage);
    prepare(async () => client.prefetchQuery((await loadResetQueries()).resetOptionsQuery(userId)));
    return null;
  };
  const reset = ({ params: { resetId = '' } }: LoaderFunctionArgs) => {
    prepare(loadResetPage);
    prepare(async () => client.prefetchQuery((await loadResetQueries()).resetQuery(resetId)));
    return null;
  };
  const resets = () => {
    prepare(loadResetsPage);
    return null;
  };
  const approvals = () => {
    prepare(loadApprovalsPage);
    return null;
  };
  const me = () => {
    void loadMePage();
    void client.prefetchQuery(ownSessionsQuery);
    return null;
  };
  return [
    {
      Component: Frame,
      HydrateFallback: Nothing,
      children: [
        {
          ErrorBoundary: RouteTrouble,
          children: [
            { path: paths.home, Component: HomePage },
            {
              Component: RequireSession,
              children: [
                { path: paths.users, Component: UsersPage, loader: users },
                { path: `${paths.users}/:userId`, Component: UserRoute, loader: user },
                { path: `${paths.users}/:userId/reset`, Component: ResetFormPage, loader: startReset },
                { path: paths.resets, Component: ResetsPage, loader: resets },
                { path: `${paths.resets}/:resetId`, Component: ResetPage, loader: reset },
                { path: paths.approvals, Component: ApprovalsPage, loader: approvals },
                { path: paths.activity, Component: ActivityPage, loader: activity },
                { path: paths.me, Component: MePage, loader: me },
                { path: paths.policy, Component: LoginPolicyPage, loader: loginPolicy },
              ],
            },
            { path: paths.notMe, Component: NotMePage },
            { path: paths.callback, Component: CallbackPage },
            { path: paths.signedOut, Component: SignedOutPage },
            { path: paths.signInError, Component: SignInErrorPage },
            { path: '*', Component: NotFoundPage },
          ],
        },
      ],
    },
  ];
}

const Nothing = () => null;

/** Fetches a page's code ahead of its showing. What fails here fails again there, and is shown there. */
function prepare(load: () => Promise<unknown>): void {
  load().catch(() => null);
}
