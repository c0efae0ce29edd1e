import { randomUUID } from 'node:crypto';
import { asCaller } from '../zitadel/caller.ts';
import { createZitadel } from '../zitadel/client.ts';
import { checkIssuer } from './check-issuer.ts';
import { connect } from './connect.ts';
import { toConnectFault } from './connect-fault.ts';
import { connectionFiles, type Say } from './connect-work.ts';
import { openRecord } from './connection-record.ts';
import { disconnect } from './disconnect.ts';
import type { ConnectArguments } from './read-arguments.ts';

/**
 * The whole of `npm run connect`, after its arguments were read.
 *
 * @throws ConnectFault for everything an operator can mend.
 */
export async function runConnect(wanted: ConnectArguments, say: Say): Promise<void> {
  const apiUrl = wanted.apiUrl ?? wanted.issuer;
  const tokens = { current: () => Promise.resolve(wanted.token), replace: () => Promise.resolve(wanted.token) };
  const files = connectionFiles(wanted.data);
  try {
    await checkIssuer(wanted.issuer);
    const work = {
      zitadel: createZitadel({ apiUrl, apiHost: wanted.apiHost }),
      caller: asCaller(tokens, randomUUID()),
      record: openRecord(files.record, wanted.dryRun),
      files,
      dryRun: wanted.dryRun,
      say,
    };
    await (wanted.remove ? disconnect(work, wanted.issuer) : connect(work, wanted));
  } catch (error) {
    throw toConnectFault(error, apiUrl);
  }
}
