import { Id } from '@latchkey/contract/id';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { foundPeopleQuery } from './find-people.ts';

/** Somebody to choose. Without a name it is an id that no search finds: a machine, or somebody who is gone. */
export type Candidate = {
  readonly userId: string;
  readonly name: string | null;
  readonly loginName: string | null;
};

export type PersonSearch = { readonly candidates: readonly Candidate[]; readonly isSettled: boolean };

/** Between two letters of a quick typist: what is asked in between would be overtaken anyway. */
const pause = 120;

/**
 * Whom a text may mean: people by the search, or the text itself where it finds nobody and can be an id.
 *
 * @param text null while nobody is being looked for
 */
export function usePersonSearch(text: string | null): PersonSearch {
  const wanted = text?.trim() ?? '';
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pause);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, isPlaceholderData, isError } = useQuery(foundPeopleQuery(asked));
  if (wanted === '') return { candidates: [], isSettled: false };
  const isSettled = asked === wanted && (isError || (data !== undefined && !isPlaceholderData));
  const people = (asked === '' ? [] : (data?.users ?? [])).map(({ userId, displayName, loginName }) => ({
    userId,
    name: displayName,
    loginName,
  }));
  const isId = isSettled && people.length === 0 && Id.safeParse(wanted).success;
  return { candidates: isId ? [{ userId: wanted, name: null, loginName: null }] : people, isSettled };
}
