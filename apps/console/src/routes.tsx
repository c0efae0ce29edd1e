import type { QueryClient } from '@tanstack/react-query';
import { lazy } from 'react';
import type { LoaderFunctionArgs, RouteObject } from 'react-router';
import { userActivityQuery } from './features/activity/activity-query.ts';
import { readActivityView } from './features/activity/activity-url.ts';
import { wholeActivityQuery } from './features/activity/whole-activity-query.ts';
import { userFactorsQuery } from './features/factors/factors-queries.ts';
import { loginPolicyQuery, policyReachQuery } from './features/login-policy/login-policy-queries.ts';
import { ownSessionsQuery } from './features/me/me-queries.ts';
import { userSessionsQuery } from './features/user-sessions/user-sessions-queries.ts';
import { userQuery, usersQuery } from './features/users/users-queries.ts';
import { readUsersView } from './features/users/users-url.ts';
import { Frame } from './frame/frame.tsx';
import { HomePage } from './frame/home-page.tsx';
import { NotFoundPage } from './frame/not-found-page.tsx';
import { RouteTrouble } from './frame/route-trouble.tsx';
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
                { path: paths.activity, Component: ActivityPage, loader: activity },
                { path: paths.me, Component: MePage, loader: me },
                { path: paths.policy, Component: LoginPolicyPage, loader: loginPolicy },
              ],
            },
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
