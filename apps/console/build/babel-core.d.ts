/** The one function of Babel that the build calls; Babel 7 ships no types of its own. */
declare module '@babel/core' {
  export function transformAsync(
    code: string,
    options: {
      readonly filename: string;
      readonly babelrc: false;
      readonly configFile: false;
      readonly sourceMaps: boolean;
      readonly plugins: readonly unknown[];
      readonly parserOpts: { readonly plugins: readonly string[] };
    },
  ): Promise<{ code: string; map: string | null } | null>;
}
