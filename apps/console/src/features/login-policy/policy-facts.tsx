import type { LoginPolicy } from '@latchkey/contract/login-policy';
import { t } from '@lingui/core/macro';
import { formatDuration } from '../../i18n/format.ts';
import { StateDot } from '../../ui/state-dot.tsx';

/** What else the policy says: shown, not changed here. */
export function PolicyFacts({ policy }: { readonly policy: LoginPolicy }) {
  const { lifetimes } = policy;
  return (
    <>
      <section className="section" aria-labelledby="demands">
        <h2 id="demands">{t`What sign-in demands`}</h2>
        <dl className="facts facts-wide">
          <Line term={t`A second factor is forced`}>
            <Forced policy={policy} />
          </Line>
          <Line term={t`Passkeys count as two factors (multi-factor)`}>
            <OnOff isOn={policy.multiFactors.includes('u2fWithVerification')} />
          </Line>
          <Line term={t`Sign-in by passkey without a password`}>
            <OnOff isOn={policy.passwordlessAllowed} />
          </Line>
          <Line term={t`Sign-in by login name and password`}>
            <OnOff isOn={policy.usernamePasswordAllowed} />
          </Line>
        </dl>
      </section>
      <section className="section" aria-labelledby="lifetimes">
        <h2 id="lifetimes">{t`How long a check is good for`}</h2>
        <dl className="facts facts-wide">
          <Line term={t`Password`}>{lifetime(lifetimes.passwordCheck)}</Line>
          <Line term={t`Sign-in by an identity provider`}>{lifetime(lifetimes.externalLoginCheck)}</Line>
          <Line term={t`Second factor`}>{lifetime(lifetimes.secondFactorCheck)}</Line>
          <Line term={t`Multi-factor`}>{lifetime(lifetimes.multiFactorCheck)}</Line>
          <Line term={t`Offer to set up a second factor again after`}>{lifetime(lifetimes.mfaInitSkip)}</Line>
        </dl>
      </section>
    </>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Forced({ policy: { forceMfa, forceMfaLocalOnly } }: { readonly policy: LoginPolicy }) {
  if (forceMfa) return <StateDot tone="ok" word={t`for everybody`} />;
  if (forceMfaLocalOnly) return <StateDot tone="ok" word={t`for people with a password here`} />;
  return <StateDot tone="muted" word={t`no`} />;
}

function OnOff({ isOn }: { readonly isOn: boolean }) {
  return isOn ? <StateDot tone="ok" word={t`allowed`} /> : <StateDot tone="muted" word={t`not allowed`} />;
}

function lifetime(seconds: number | null): string {
  if (seconds === null) return t`not set`;
  return seconds === 0 ? t`never` : formatDuration(seconds);
}
