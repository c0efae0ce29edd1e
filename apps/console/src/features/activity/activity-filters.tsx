import { ActivityKind } from '@latchkey/contract/activity';
import { Id } from '@latchkey/contract/id';
import { t } from '@lingui/core/macro';
import { InputField } from '../../ui/input-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import type { ActivityView } from './activity-url.ts';

type ActivityFiltersProps = { readonly view: ActivityView; readonly onView: (view: ActivityView) => void };

/** What the timeline leaves out. All of it stands in the URL. */
export function ActivityFilters({ view, onView }: ActivityFiltersProps) {
  const kinds = ActivityKind.options.map((kind) => ({ value: kind, text: kindWord(kind) }));
  const toId = (value: string) => (Id.safeParse(value).success ? value : null);
  return (
    <>
      <SelectField
        label={t`Kind`}
        value={view.kind ?? ''}
        options={[{ value: '', text: t`Any` }, ...kinds]}
        onChange={(value) => onView({ ...view, kind: ActivityKind.options.find((kind) => kind === value) ?? null })}
      />
      <InputField
        label={t`Person (id)`}
        type="text"
        value={view.userId ?? ''}
        onChange={(value) => onView({ ...view, userId: toId(value) })}
      />
      <InputField
        label={t`By (id)`}
        type="text"
        value={view.actorId ?? ''}
        onChange={(value) => onView({ ...view, actorId: toId(value) })}
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
