import { systemContext } from '../../commands/context.ts';
import { addMember } from '../../commands/organisations/members.ts';
import { addHumanUser } from '../../commands/users/add-human-user.ts';
import { changeUserState } from '../../commands/users/change-user-state.ts';
import type { Store } from '../../store/open-store.ts';
import { addFactor, beginFactor, type FactorEntry } from './add-factor.ts';
import { DEMO_PASSWORD, type DemoOrganisation, type DemoPerson } from './demo-people.ts';

/** A person as `people.json` lists them, with everything needed to be them. */
export interface PersonEntry {
  readonly userId: string;
  readonly loginName: string;
  readonly password: string;
  readonly displayName: string;
  readonly organisationId: string;
  readonly state: 'active' | 'locked';
  readonly roles: readonly string[];
  readonly factors: readonly FactorEntry[];
}

/** Adds somebody with their role and factors, through the same commands as everybody else. */
export async function addDemoPerson(
  store: Store,
  options: {
    readonly person: DemoPerson;
    /** Place in the list, for a phone number of their own. */
    readonly index: number;
    readonly organisations: Readonly<Record<DemoOrganisation, string>>;
    /** Origin of the sign-in pages. */
    readonly origin: string;
  },
): Promise<PersonEntry> {
  const context = systemContext(store);
  const { person } = options;
  const [givenName, familyName] = person.name;
  const organisationId = options.organisations[person.organisation];
  const loginName = addressOf(person);
  const contact = { email: loginName, phone: `+4179555${String(1001 + options.index)}` };
  const { userId } = await addHumanUser(context, {
    organisationId,
    username: loginName,
    givenName,
    familyName,
    ...contact,
    emailVerified: true,
    phoneVerified: true,
    password: DEMO_PASSWORD,
    ...(person.language === undefined ? {} : { preferredLanguage: person.language }),
  });
  if (person.role) {
    const scope = person.role.startsWith('IAM_')
      ? ({ level: 'instance' } as const)
      : ({ level: 'organisation', id: organisationId } as const);
    await addMember(context, { scope, userId, roles: [person.role] });
  }
  const factors: FactorEntry[] = [];
  for (const factor of person.factors) {
    factors.push(await addFactor(context, { userId, factor, origin: options.origin, ...contact }));
  }
  for (const factor of person.begun ?? []) await beginFactor(context, { userId, factor, origin: options.origin });
  if (person.locked) await changeUserState(context, { userId, change: 'lock' });
  return {
    userId,
    loginName,
    password: DEMO_PASSWORD,
    displayName: `${givenName} ${familyName}`,
    organisationId,
    state: person.locked ? 'locked' : 'active',
    roles: person.role ? [person.role] : [],
    factors,
  };
}

/** `ada.keller@alpenblick.example`: a domain that belongs to nobody (RFC 2606). */
function addressOf({ name, organisation }: DemoPerson): string {
  const local = name.map(toAscii).join('.');
  const [domain = ''] = organisation.toLowerCase().split(' ');
  return `${local}@${domain}.example`;
}

/** Letters without their marks; what has no such form (the Turkish dotless i) is named. */
function toAscii(name: string): string {
  return name
    .replaceAll('ı', 'i')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}
