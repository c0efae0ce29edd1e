import type { FactorKind } from '../../domain/factors.ts';

/** The two organisations of the demo, besides ZITADEL's own. */
export const DEMO_ORGANISATIONS = ['Alpenblick Clinic', 'Harbour Freight'] as const;

export type DemoOrganisation = (typeof DEMO_ORGANISATIONS)[number];

/** What every demo person types at sign-in. */
export const DEMO_PASSWORD = 'Latchkey-Demo-1';

/** Factors to set up; a key has a name. */
export type DemoFactor =
  | Exclude<FactorKind, 'u2f' | 'passkey' | 'recoveryCodes'>
  | `u2f ${string}`
  | `passkey ${string}`;

/** Somebody of the demo. */
export interface DemoPerson {
  readonly name: readonly [given: string, family: string];
  readonly organisation: DemoOrganisation;
  readonly role?: 'IAM_OWNER' | 'IAM_USER_MANAGER' | 'ORG_USER_MANAGER' | 'IAM_OWNER_VIEWER';
  readonly factors: readonly DemoFactor[];
  /** Begun, not confirmed. */
  readonly begun?: readonly DemoFactor[];
  readonly locked?: true;
  /** BCP 47. */
  readonly language?: string;
}

const [CLINIC, FREIGHT] = DEMO_ORGANISATIONS;
const APP = ['totp'] as const;

/** Staff first, in the order in which scripts expect them; each has an authenticator app and nothing else. */
const STAFF: readonly DemoPerson[] = [
  { name: ['Ada', 'Keller'], organisation: CLINIC, role: 'IAM_OWNER', factors: APP, language: 'de' },
  { name: ['Tomás', 'Oliveira'], organisation: FREIGHT, role: 'IAM_OWNER', factors: APP, language: 'pt' },
  { name: ['Ngozi', 'Okafor'], organisation: CLINIC, role: 'IAM_OWNER', factors: APP, language: 'en' },
  { name: ['Priya', 'Raman'], organisation: CLINIC, role: 'IAM_USER_MANAGER', factors: APP, language: 'en' },
  { name: ['Lukas', 'Brunner'], organisation: CLINIC, role: 'ORG_USER_MANAGER', factors: APP, language: 'de' },
  { name: ['Marieke', 'de Vries'], organisation: FREIGHT, role: 'ORG_USER_MANAGER', factors: APP, language: 'nl' },
  { name: ['Hélène', 'Marchand'], organisation: FREIGHT, role: 'IAM_OWNER_VIEWER', factors: APP, language: 'fr' },
];

/** Everybody else: every factor alone, mixes, begun and never finished, none at all, locked. */
const OTHERS: readonly DemoPerson[] = [
  { name: ['Björn', 'Lindqvist'], organisation: CLINIC, factors: ['totp'], language: 'sv' },
  { name: ['Chiara', 'Rossi'], organisation: CLINIC, factors: ['otpEmail'], language: 'it' },
  { name: ['Yusuf', 'Demir'], organisation: CLINIC, factors: ['otpSms'], language: 'tr' },
  { name: ['Aoife', 'Byrne'], organisation: CLINIC, factors: ['u2f Desk key'], language: 'en' },
  { name: ['Kenji', 'Watanabe'], organisation: CLINIC, factors: ['passkey Phone'], language: 'ja' },
  { name: ['Sofía', 'Herrera'], organisation: CLINIC, factors: ['totp', 'otpEmail'], language: 'es' },
  {
    name: ['Oluwaseun', 'Adeyemi'],
    organisation: CLINIC,
    factors: ['totp', 'otpEmail', 'otpSms', 'u2f Blue key', 'u2f Spare key', 'passkey Laptop'],
    language: 'en',
  },
  { name: ['Wojciech', 'Nowak'], organisation: CLINIC, factors: ['otpEmail', 'otpSms'], language: 'pl' },
  { name: ['Leila', 'Haddad'], organisation: CLINIC, factors: [], begun: ['totp'], language: 'ar' },
  { name: ['Jonas', 'Meier'], organisation: CLINIC, factors: [], language: 'de' },
  { name: ['Emily', 'Carter'], organisation: CLINIC, factors: ['totp'], locked: true, language: 'en' },
  { name: ['Zuzana', 'Horáková'], organisation: FREIGHT, factors: ['totp'], language: 'cs' },
  { name: ['Mehmet', 'Yılmaz'], organisation: FREIGHT, factors: ['otpEmail'], language: 'tr' },
  { name: ['Fatou', 'Diallo'], organisation: FREIGHT, factors: ['otpSms'], language: 'fr' },
  { name: ['Erik', 'Johansen'], organisation: FREIGHT, factors: ['u2f Keyring'], language: 'en' },
  { name: ['Mei', 'Chen'], organisation: FREIGHT, factors: ['passkey Tablet'], language: 'zh' },
  { name: ['Rafael', 'Souza'], organisation: FREIGHT, factors: ['u2f Office key', 'u2f Home key'], language: 'pt' },
  { name: ['Ingrid', 'Halvorsen'], organisation: FREIGHT, factors: ['totp', 'passkey Watch'], language: 'en' },
  { name: ['Dmytro', 'Kovalenko'], organisation: FREIGHT, factors: ['totp', 'otpSms'], language: 'uk' },
  { name: ['Noor', 'Bakker'], organisation: FREIGHT, factors: [], begun: ['u2f New key'], language: 'nl' },
  { name: ['Siobhán', "O'Connor"], organisation: FREIGHT, factors: [], language: 'en' },
];

export const DEMO_PEOPLE: readonly DemoPerson[] = [...STAFF, ...OTHERS];
