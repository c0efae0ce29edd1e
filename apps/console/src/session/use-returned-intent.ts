import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import * as z from 'zod/mini';

const LocationState = z.object({ intent: z.unknown() });

/**
 * Hands over what the person was about to do before a fresh sign-in, once. The history entry forgets it at the same
 * moment: neither a reload nor Back asks again.
 *
 * @param schema what this page can go on with; anything else is left alone
 * @param resume asks the question again, or null while the page does not know enough to do so
 */
export function useReturnedIntent<T>(schema: z.ZodMiniType<T>, resume: ((intent: T) => void) | null): void {
  const { state, pathname, search } = useLocation();
  const navigate = useNavigate();
  const isResumed = useRef(false);
  useEffect(() => {
    if (isResumed.current || resume === null) return;
    const returned = LocationState.safeParse(state);
    const intent = schema.safeParse(returned.success ? returned.data.intent : undefined);
    if (!intent.success) return;
    isResumed.current = true;
    void navigate({ pathname, search }, { replace: true, state: null });
    resume(intent.data);
  });
}
