/// <reference path="./babel-core.d.ts" />
import { fileURLToPath } from 'node:url';
import { transformAsync } from '@babel/core';
import macro from '@lingui/babel-plugin-lingui-macro';
import { getConfig } from '@lingui/conf';
import type { Plugin } from 'vite';

const sourceFile = /\/src\/[^?]+\.tsx?$/;
const macroImport = /@lingui\/(core|react)\/macro/;

/**
 * Expands Lingui's macros before anything else sees the file. Only files that import a macro pass through Babel;
 * types and JSX are left for the bundler.
 */
export function linguiMacro(): Plugin {
  const linguiConfig = getConfig({ configPath: fileURLToPath(new URL('../lingui.config.ts', import.meta.url)) });
  return {
    name: 'latchkey:lingui-macro',
    enforce: 'pre',
    async transform(code, id) {
      if (!sourceFile.test(id) || !macroImport.test(code)) return null;
      const result = await transformAsync(code, {
        filename: id,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        plugins: [[macro, { linguiConfig }]],
        parserOpts: { plugins: ['typescript', 'jsx'] },
      });
      return result && { code: result.code, map: result.map };
    },
  };
}
