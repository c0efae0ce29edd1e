import { readFileSync } from 'node:fs';

/** A demo person's factor as `people.json` holds it: with what their own device would hold. */
export type PersonFactor =
  | { kind: 'totp'; secret: string }
  | { kind: 'otpEmail' | 'otpSms'; to: string }
  | {
      kind: 'u2f' | 'passkey';
      id: string;
      name: string;
      credentialId: string;
      privateKey: string;
      rpId: string;
      signCount: number;
    };

/** A person of the demo data, as `people.json` lists them. */
export interface Person {
  userId: string;
  loginName: string;
  password: string;
  displayName: string;
  organisationId: string;
  state: string;
  roles: string[];
  factors: PersonFactor[];
}

/** The people of one running stack. A test takes those it changes, so that no two tests change the same person. */
export class People {
  readonly all: readonly Person[];
  readonly #taken = new Set<string>();

  constructor(file: string) {
    this.all = JSON.parse(readFileSync(file, 'utf8')) as Person[];
  }

  /** Staff with this role. `nth` counts from 0. */
  staff(role: string, nth = 0): Person {
    const person = this.all.filter(({ roles }) => roles.includes(role))[nth];
    if (!person) throw new Error(`The demo data has no person ${nth} with ${role}.`);
    return person;
  }

  /**
   * Takes an active person without admin roles who has exactly these kinds of factors, in any order.
   * @throws Error when there is none left.
   */
  take(kinds: readonly PersonFactor['kind'][], state = 'active'): Person {
    const wanted = [...kinds].sort().join();
    const person = this.all.find(
      (candidate) =>
        !this.#taken.has(candidate.userId) &&
        candidate.roles.length === 0 &&
        candidate.state === state &&
        candidate.factors
          .map(({ kind }) => kind)
          .sort()
          .join() === wanted,
    );
    if (!person) throw new Error(`The demo data has no ${state} person left with exactly: ${wanted || 'no factor'}.`);
    this.#taken.add(person.userId);
    return person;
  }
}
