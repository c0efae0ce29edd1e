import { plural, t } from '@lingui/core/macro';
import type { MouseEvent } from 'react';
import { formatNumber } from '../../i18n/format.ts';
import type { Candidate } from './use-person-search.ts';

type CandidateListProps = {
  /** The start of every id in it; the list's own is `<id>-list`. */
  readonly id: string;
  readonly label: string;
  /** Null while nobody is looked for, and until there is an answer. */
  readonly candidates: readonly Candidate[] | null;
  readonly current: Candidate | undefined;
  readonly onChoose: (candidate: Candidate) => void;
};

/** Whom the typed text may mean. The field keeps the focus; how many there are is said aloud. */
export function CandidateList({ id, label, candidates, current, onChoose }: CandidateListProps) {
  return (
    <>
      <div className="combobox-list" hidden={candidates === null}>
        <div id={`${id}-list`} role="listbox" aria-label={label}>
          {candidates?.map((candidate) => (
            <div
              key={candidate.userId}
              id={`${id}-${candidate.userId}`}
              role="option"
              tabIndex={-1}
              aria-selected={candidate === current}
              {...pressing(() => onChoose(candidate))}
            >
              {candidate.name === null ? <code>{candidate.userId}</code> : <bdi>{candidate.name}</bdi>}
              {candidate.loginName !== null && (
                <span className="second-line">
                  <bdi>{candidate.loginName}</bdi>
                </span>
              )}
            </div>
          ))}
        </div>
        {candidates?.length === 0 && <p className="muted">{t`Nobody is found.`}</p>}
      </div>
      <p className="visually-hidden" role="status">
        {candidates !== null && foundWords(candidates.length)}
      </p>
    </>
  );
}

/** For the pointer alone: the keys are with the field, which keeps the focus while the pointer is down. */
const pressing = (onClick: () => void) => ({ onMouseDown: (event: MouseEvent) => event.preventDefault(), onClick });

function foundWords(total: number): string {
  const count = formatNumber(total);
  return plural(total, { one: '1 person', other: `${count} people` });
}
