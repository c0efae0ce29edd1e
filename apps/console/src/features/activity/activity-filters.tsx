import { ActivityKind } from '@latchkey/contract/activity';
import { t } from '@lingui/core/macro';
import { InputField } from '../../ui/input-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import type { ActivityNames } from './activity-names.ts';
import type { ActivityView } from './activity-url.ts';
import { PersonFilter } from './person-filter.tsx';

type ActivityFiltersProps = {
  readonly view: ActivityView;
  readonly onView: (view: ActivityView) => void;
  /** The names that came with the timeline; null until it is there. */
  readonly names: ActivityNames | null;
};

/** What the timeline leaves out. All of it stands in the URL. */
export function ActivityFilters({ view, onView, names }: ActivityFiltersProps) {
  const kinds = ActivityKind.options.map((kind) => ({ value: kind, text: kindWord(kind) }));
  return (
    <>
      <SelectField
        label={t`Kind`}
        value={view.kind ?? ''}
        options={[{ value: '', text: t`Any` }, ...kinds]}
        onChange={(value) => onView({ ...view, kind: ActivityKind.options.find((kind) => kind === value) ?? null })}
      />
      <PersonFilter
        label={t`Person`}
        userId={view.userId}
        knownName={names?.get(view.userId ?? '')}
        isAnswered={names !== null}
        onUserId={(userId) => onView({ ...view, userId })}
      />
      <PersonFilter
        label={t`By`}
        userId={view.actorId}
        knownName={names?.get(view.actorId ?? '')}
        isAnswered={names !== null}
        onUserId={(actorId) => onView({ ...view, actorId })}
      />
      <InputField
        label={t`From`}
        type="date"
        value={view.from ?? ''}
        onChange={(value) => onView({ ...view, from: value || null })}
      />
      <InputField
        label={t`Until`}
        type="date"
        value={view.until ?? ''}
        onChange={(value) => onView({ ...view, until: value || null })}
      />
    </>
  );
}

function kindWord(kind: ActivityKind): string {
  switch (kind) {
    case 'factors':
      return t`Factors`;
    case 'policy':
      return t`Login policy`;
    case 'locks':
      return t`Locks`;
    case 'sessions':
      return t`Sessions`;
    case 'passwords':
      return t`Passwords`;
    case 'accounts':
      return t`Accounts`;
  }
}
