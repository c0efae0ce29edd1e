const rightToLeftOrControl =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * A name that is put into a sentence, kept from turning the sentence around: a right-to-left name, or a stray override
 * character, ends where the name ends (Unicode UAX #9, FSI and PDI). Where nothing can turn, the name is left as it is.
 */
export function isolate(name: string): string {
  return rightToLeftOrControl.test(name) ? `\u2068${name}\u2069` : name;
}
