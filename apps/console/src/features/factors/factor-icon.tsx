import type { FactorKind } from '@latchkey/contract/factor';

const shapes: Record<FactorKind, string> = {
  totp: 'M5 2h6v12H5zM7 11.5h2',
  u2f: 'M2 6h9v4H2zM11 7h3v2h-3M4.5 8h.01',
  otpSms: 'M2 3h12v8H7l-3 3v-3H2z',
  otpEmail: 'M2 4h12v8H2zM2 4l6 5 6-5',
  passkey: 'M6 6a2.5 2.5 0 1 0 0-.01M2 13c0-3 2-4 4-4s3 .6 3.500 2M12 6a2 2 0 1 1 0 4v4M12 12h1.500',
  recoveryCodes: 'M3 2h10v12H3zM5.500 5h5M5.500 8h5M5.500 11h5',
};

/** A small drawing beside the word, for the eye alone. */
export function FactorIcon({ kind }: { readonly kind: FactorKind }) {
  return (
    <svg className="factor-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[kind]} />
    </svg>
  );
}
