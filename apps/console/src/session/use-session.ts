import type { Session } from '@latchkey/contract/session';
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from './session-query.ts';

/** Who is signed in, as far as is known now: undefined while it is being asked, null when nobody is. */
export function useSession(): Session | null | undefined {
  return useQuery(sessionQuery).data;
}
