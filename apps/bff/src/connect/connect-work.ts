import { join } from 'node:path';
import type { WantedApplication } from '../zitadel/applications/web-applications.ts';
import type { AsCaller } from '../zitadel/caller.ts';
import type { Zitadel } from '../zitadel/client.ts';
import type { ConnectionRecordFile } from './connection-record.ts';

/** What every step works with. */
export interface ConnectWork {
  readonly zitadel: Zitadel;
  readonly caller: AsCaller;
  readonly record: ConnectionRecordFile;
  readonly files: ConnectionFiles;
  readonly dryRun: boolean;
  readonly say: Say;
}

/** One line for the operator: what became of one thing. */
export type Say = (outcome: Outcome, what: string) => void;

export type Outcome =
  | 'there'
  | 'made'
  | 'changed'
  | 'removed'
  | 'kept'
  | 'could not'
  | 'would make'
  | 'would change'
  | 'would remove';

/** Files in the data folder that `npm run connect` writes, all 0600. */
export interface ConnectionFiles {
  readonly record: string;
  readonly key: string;
  readonly variables: string;
}

/** @param data the data folder, absolute. */
export function connectionFiles(data: string): ConnectionFiles {
  return {
    record: join(data, 'connection.json'),
    key: join(data, 'connection-key.json'),
    variables: join(data, 'connection.env'),
  };
}

/** The project's name at ZITADEL. It is of Latchkey alone, because the members of `aud` are a project's applications. */
export const projectName = 'Latchkey';

/** The application's name: several Latchkeys at one ZITADEL lie side by side in its project. */
export function applicationName(publicUrl: string): string {
  return `Latchkey ${new URL(publicUrl).host}`;
}

/** @param withBackChannel false where ZITADEL refused the address. */
export function wantedApplication(publicUrl: string, withBackChannel: boolean): WantedApplication {
  return {
    redirectUri: `${publicUrl}/bff/callback`,
    postLogoutUri: `${publicUrl}/signed-out`,
    backChannelUri: withBackChannel ? `${publicUrl}/bff/backchannel-logout` : undefined,
  };
}
