import type { Timestamp } from '@bufbuild/protobuf/wkt';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { addRecoveryCodes } from '../../commands/factors/recovery-codes.ts';
import { removeRecoveryCodes } from '../../commands/factors/remove-factor.ts';
import type { Store } from '../../store/open-store.ts';
import { commandContext } from '../access/api-caller.ts';
import { changedV2 } from '../convert/details.ts';
import type { ServicePart } from '../service.ts';

interface AnswerDetails {
  readonly sequence: bigint;
  readonly changeDate?: Timestamp;
  readonly resourceOwner: string;
}

/** Two methods that are newer than the published descriptor and that the doors' own has. */
interface RecoveryCodeMethods {
  generateRecoveryCodes(
    request: { readonly userId: string; readonly count: number },
    context: HandlerContext,
  ): Promise<{ details: AnswerDetails; recoveryCodes: string[] }>;
  removeRecoveryCodes(
    request: { readonly userId: string },
    context: HandlerContext,
  ): Promise<{ details: AnswerDetails }>;
}

/** Recovery codes, v2. */
export function recoveryCodeMethods(store: Store): ServicePart {
  const impl: RecoveryCodeMethods = {
    async generateRecoveryCodes({ userId, count }, context) {
      const { codes, details } = await addRecoveryCodes(commandContext(store, context), { userId, count });
      return { details: changedV2(details), recoveryCodes: [...codes] };
    },

    async removeRecoveryCodes({ userId }, context) {
      return { details: changedV2(await removeRecoveryCodes(commandContext(store, context), { userId })) };
    },
  };
  return { service: UserService, impl: { ...impl } as unknown as Partial<ServiceImpl<typeof UserService>> };
}
