import { t } from '@lingui/core/macro';
import { useState } from 'react';
import { isLocale, locales } from '../../i18n/locales.ts';
import { chooseDensity, type Density, readDensity } from '../../preferences/density.ts';
import { chooseLanguage, readLanguage } from '../../preferences/language.ts';
import { chooseTheme, readTheme, type Theme } from '../../preferences/theme.ts';
import { SelectField } from '../../ui/select-field.tsx';

/** Theme, density and language, kept in this browser. */
export function Appearance() {
  const [theme, setTheme] = useState<Theme>(readTheme);
  const [density, setDensity] = useState<Density>(readDensity);
  const [language, setLanguage] = useState(readLanguage);
  const themes: readonly { readonly value: Theme; readonly text: string }[] = [
    { value: 'system', text: t`As the system` },
    { value: 'light', text: t`Light` },
    { value: 'dark', text: t`Dark` },
  ];
  const languages = Object.entries(locales).map(([value, text]) => ({ value, text, lang: value }));
  return (
    <section className="section" aria-labelledby="appearance">
      <h2 id="appearance">{t`This browser`}</h2>
      <div className="users-tools">
        <SelectField
          label={t`Theme`}
          value={theme}
          options={themes}
          onChange={(value) => {
            const chosen = themes.find((candidate) => candidate.value === value)?.value ?? 'system';
            setTheme(chosen);
            chooseTheme(chosen);
          }}
        />
        <SelectField
          label={t`Rows`}
          value={density}
          options={[
            { value: 'comfortable', text: t`Comfortable` },
            { value: 'compact', text: t`Compact` },
          ]}
          onChange={(value) => {
            const chosen = value === 'compact' ? 'compact' : 'comfortable';
            setDensity(chosen);
            chooseDensity(chosen);
          }}
        />
        <SelectField
          label={t`Language`}
          value={language ?? ''}
          options={[{ value: '', text: t`As the browser` }, ...languages]}
          onChange={(value) => {
            const chosen = isLocale(value) ? value : null;
            setLanguage(chosen);
            void chooseLanguage(chosen);
          }}
        />
      </div>
    </section>
  );
}
