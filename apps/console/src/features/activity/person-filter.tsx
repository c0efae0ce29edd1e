import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { userQuery } from '../../api/user-query.ts';
import { CandidateList } from './candidate-list.tsx';
import { type Candidate, usePersonSearch } from './use-person-search.ts';

type PersonFilterProps = {
  readonly label: string;
  readonly userId: string | null;
  /** Their name, as far as the answers told it. */
  readonly knownName: string | undefined;
  /** Whether the answers are there: a name that they do not tell is read. */
  readonly isAnswered: boolean;
  readonly onUserId: (userId: string | null) => void;
};

/**
 * Somebody, found by typing: a combobox with a list (WAI-ARIA APG). The first that fits is highlighted, Enter takes it,
 * Escape goes back to whom the filter has; an empty field is no filter. Pasting an id works as well.
 */
export function PersonFilter({ label, userId, knownName, isAnswered, onUserId }: PersonFilterProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [highlighted, setHighlighted] = useState(0);
  const [isHasty, setIsHasty] = useState(false);
  const { candidates, isSettled } = usePersonSearch(typed);
  const [shown, remember] = useName({ userId, knownName, isAnswered });
  const current = candidates[Math.min(highlighted, candidates.length - 1)];
  const isOpen = typed !== null && typed.trim() !== '' && (isSettled || candidates.length > 0);

  const type = (text: string) => {
    setTyped(text);
    setHighlighted(0);
    setIsHasty(false);
    if (text.trim() === '' && userId !== null) onUserId(null);
  };
  const choose = (candidate: Candidate) => {
    setTyped(null);
    if (candidate.name !== null) remember({ userId: candidate.userId, name: candidate.name });
    onUserId(candidate.userId);
  };
  // Enter came before the answer: it means the first of those that are found, not of those that were.
  const takeFirst = useEffectEvent(() => {
    setIsHasty(false);
    if (current) choose(current);
  });
  useEffect(() => {
    if (isHasty && isSettled) takeFirst();
  }, [isHasty, isSettled]);

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and the arrows belong to an input method while it is open.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && candidates.length > 0) {
      setHighlighted((Math.min(highlighted, candidates.length - 1) + step + candidates.length) % candidates.length);
    } else if (event.key === 'Enter' && typed !== null && !isSettled) setIsHasty(true);
    else if (event.key === 'Enter' && isOpen && current) choose(current);
    else if (event.key === 'Escape' && typed !== null) setTyped(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className="field input-field combobox">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        placeholder={t`Name or id`}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && current ? `${id}-${current.userId}` : undefined}
        title={userId ?? undefined}
        value={typed ?? shown}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setTyped(null)}
      />
      <CandidateList
        id={id}
        label={label}
        candidates={isOpen ? candidates : null}
        current={current}
        onChoose={choose}
      />
    </div>
  );
}

type Known = { readonly userId: string; readonly name: string };

/**
 * What the filter calls whom it has: by name as soon as one is known, else by id. A name that was shown stays while the
 * next answer is under way.
 */
function useName({ userId, knownName, isAnswered }: Pick<PersonFilterProps, 'userId' | 'knownName' | 'isAnswered'>) {
  const [known, setKnown] = useState<Known | null>(null);
  const isKnown = known !== null && known.userId === userId;
  const isAsked = userId !== null && !isKnown && knownName === undefined && isAnswered;
  const { data } = useQuery({ ...userQuery(userId ?? ''), enabled: isAsked, retry: false });
  const name = knownName ?? data?.displayName;
  if (userId !== null && !isKnown && name !== undefined) setKnown({ userId, name });
  return [isKnown ? known.name : (name ?? userId ?? ''), setKnown] as const;
}
