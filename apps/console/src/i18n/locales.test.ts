import { describe, expect, it } from 'vitest';
import { directionOf, pickLocale } from './locales.ts';

describe('pickLocale', () => {
  it('takes the first language that the page speaks, whatever its region', () => {
    expect(pickLocale(['sv-SE', 'pt-BR', 'en'])).toBe('pt');
    expect(pickLocale(['zh-Hant-TW'])).toBe('zh');
  });

  it('speaks English to everybody else, and is not fooled by names of properties', () => {
    expect(pickLocale(['sv', 'constructor', '__proto__'])).toBe('en');
    expect(pickLocale([])).toBe('en');
  });
});

describe('directionOf', () => {
  it('turns the page round for Arabic', () => {
    expect([directionOf('ar'), directionOf('de')]).toEqual(['rtl', 'ltr']);
  });
});
