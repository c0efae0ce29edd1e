import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { AdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { ManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js';
import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { createDoors, type Doors } from '../doors.ts';
import { implement } from '../implementation.ts';

/** What a call needs to be let in. */
export const headers = { authorization: 'Bearer x' };

const needsToken: Interceptor = (next) => async (req) => {
  if (!req.header.has('authorization')) throw new ConnectError('auth header missing', Code.Unauthenticated);
  return await next(req);
};

const notFound = () =>
  new ConnectError('Errors.NotFound (COMMAND-4g3xq)', Code.NotFound, undefined, [
    { desc: ErrorDetailSchema, value: { id: 'COMMAND-4g3xq', message: 'Errors.NotFound' } },
  ]);

const users = implement(UserService, {
  removeOTPEmail: ({ userId }) => {
    if (userId === 'unknown') throw notFound();
    return { details: { sequence: 7n, resourceOwner: userId } };
  },
});
const management = implement(ManagementService, {
  removeHumanAuthFactorOTPEmail: ({ userId }) => ({ details: { resourceOwner: userId } }),
});
const admin = implement(AdminService, {
  removeSecondFactorFromLoginPolicy: () => ({ details: { resourceOwner: 'i' } }),
});

/** Doors on a free port of localhost, with a handful of methods and one page behind them, for tests. */
export async function openExampleDoors(): Promise<{ readonly doors: Doors; readonly base: string }> {
  const doors = createDoors({
    implementations: [
      users,
      management,
      admin,
      implement(SessionService, { createSession: () => ({ sessionId: 's' }) }),
    ],
    interceptors: [needsToken],
    fallback: (req, res, next) => {
      if (req.url === '/page') res.end('a page');
      else next();
    },
    hostAllowed: (host) => host.startsWith('localhost'),
  });
  return { doors, base: `http://localhost:${await doors.listen(0, 'localhost')}` };
}
