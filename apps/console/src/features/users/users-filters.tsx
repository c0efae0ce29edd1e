import { UserState } from '@latchkey/contract/user';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../../ui/select-field.tsx';
import { userStateWord } from './user-state.tsx';
import { organisationsQuery } from './users-queries.ts';
import type { UsersView } from './users-url.ts';

type UsersFiltersProps = { readonly view: UsersView; readonly onView: (view: UsersView) => void };

const offered = UserState.options.filter((state) => state !== 'deleted');

/** Leaves people out by state and organisation, and shows machines instead. All of it stands in the URL. */
export function UsersFilters({ view, onView }: UsersFiltersProps) {
  const narrow = (change: Partial<UsersView>) => onView({ ...view, ...change, page: 1 });
  return (
    <>
      <SelectField
        label={t`State`}
        value={view.state ?? ''}
        options={[
          { value: '', text: t`Any` },
          ...offered.map((state) => ({ value: state, text: userStateWord(state) })),
        ]}
        onChange={(value) => narrow({ state: offered.find((state) => state === value) ?? null })}
      />
      <OrganisationFilter value={view.organisationId} onChange={(organisationId) => narrow({ organisationId })} />
      <SelectField
        label={t`Kind`}
        value={view.kind}
        options={[
          { value: 'human', text: t`People` },
          { value: 'machine', text: t`Machines` },
        ]}
        onChange={(value) => narrow({ kind: value === 'machine' ? 'machine' : 'human' })}
      />
    </>
  );
}

type OrganisationFilterProps = {
  readonly value: string | null;
  readonly onChange: (organisationId: string | null) => void;
};

/** Absent while the organisations are not known; a filter that is on already can be taken off in any case. */
function OrganisationFilter({ value, onChange }: OrganisationFilterProps) {
  const organisations = useQuery(organisationsQuery).data?.organisations ?? [];
  if (organisations.length < 2 && value === null) return null;
  const known = organisations.some(({ organisationId }) => organisationId === value);
  const options = organisations.map(({ organisationId, name }) => ({
    value: organisationId,
    text: name ?? organisationId,
  }));
  return (
    <SelectField
      label={t`Organisation`}
      value={value ?? ''}
      options={[{ value: '', text: t`All` }, ...options, ...(value !== null && !known ? [{ value, text: value }] : [])]}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}
