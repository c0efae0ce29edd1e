import { SessionService } from '@zitadel/proto/zitadel/session/v2/session_service_pb.js';
import { SessionService as SessionServiceBeta } from '@zitadel/proto/zitadel/session/v2beta/session_service_pb.js';
import { SettingsService } from '@zitadel/proto/zitadel/settings/v2/settings_service_pb.js';
import { SettingsService as SettingsServiceBeta } from '@zitadel/proto/zitadel/settings/v2beta/settings_service_pb.js';
import { UserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';
import { UserService as UserServiceBeta } from '@zitadel/proto/zitadel/user/v2beta/user_service_pb.js';
import type { ServicePart } from '../service.ts';
import { betaTwin } from './beta-twin.ts';

/** The v2beta services that ZITADEL still answers beside v2. */
export function betaTwins(parts: readonly ServicePart[]): readonly ServicePart[] {
  return [
    betaTwin(UserServiceBeta, UserService, parts),
    betaTwin(SessionServiceBeta, SessionService, parts),
    betaTwin(SettingsServiceBeta, SettingsService, parts),
  ];
}
