import { createHash } from 'node:crypto';
import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { codeTheme, tokenClasses } from './src/components/chapter/highlight.ts';
import { themeStart } from './src/components/shell/theme-start.ts';
import { pageHead } from './src/integrations/page-head.ts';
import { pagePolicy } from './src/integrations/page-policy.ts';
import { mdastPlugins } from './src/md-plugins/index.ts';

// Vite wraps each `import()` in 0.9 kB of code that fetches styles and further chunks ahead, and lists those chunks. There are none to fetch: pages carry
// one stylesheet, and what loads on demand is a chunk or two. One copy for each importer, so that no page waits for a shared chunk.
const preloadHelper = '\0vite/preload-helper.js';
/** @type {import('vite').Plugin} */
const plainDynamicImports = {
  name: 'plain-dynamic-imports',
  enforce: 'pre',
  resolveId: (id, importer) => (id === preloadHelper ? `\0plain-import:${importer ?? ''}` : undefined),
  load: (id) => (id.startsWith('\0plain-import:') ? 'export const __vitePreload = (load) => load();' : undefined),
};

// The scripts of a lab bear its name, so that `npm run budgets` can say what each lab costs.
/** @type {(chunk: { readonly facadeModuleId?: string | null }) => string} */
function chunkFileNames({ facadeModuleId }) {
  const [, lab, file] = /\/labs\/([^/]+)\/(lab|read|replay|telling|view)\.tsx?$/.exec(facadeModuleId ?? '') ?? [];
  return lab === undefined ? '_astro/[name].[hash].js' : `_astro/lab-${lab}-${file}.[hash].js`;
}

const codeSplitting = {
  groups: [
    // What a lab needs when the reader reaches for it comes in one file, with all that it imports: 0.8 kB less than in five.
    { name: 'wake', test: /\/src\/lab-player\/wake\.tsx$/ },
    // What every page runs, with all that it imports: one file, so that no page waits for a second one. `pageHead` calls it by this name.
    { name: 'shell', test: /\/src\/components\/shell\/shell\.ts$|\/src\/reader\/(?:storage|rings|first-sign)\.ts$/ },
    // How what a reader keeps is read, for all that does so once somebody reads.
    { name: 'kept', test: /\/src\/reader\/(?:progress|reading-values|joined|renamed)\.ts$/ },
    { name: 'lab-start', test: /\/src\/lab-player\/bootstrap\.ts$/ },
    // Policies of the network choose pods as controllers do, without the rest of the API server.
    { name: 'selectors', test: /\/labs\/engine\/api\/selectors\.ts$/, priority: 4 },
    // The cluster is the same for all labs that run one: the API server and the loop, and who acts in every cluster. A group takes along what it imports,
    // so what DNS labs use too goes first into a file of its own.
    { name: 'shared', test: /\/labs\/engine\/key-hash\.ts$|\/labs\/reading\/(?:name-rules|quantity)\.ts$/, priority: 3 },
    { name: 'engine-core', test: /\/labs\/engine\/(?:api|loop|patch|review|store)\//, priority: 2 },
    {
      name: 'engine-cluster',
      test: /\/labs\/engine\/(?:controllers|nodes|scheduler|volumes)\/|\/labs\/engine\/kubelet\/(?:kubelet|node-|pod-(?!dns))/,
      priority: 1,
    },
    // The YAML reader loads at the first edit and is the same for all labs: a file of its own, so that what else an edit brings stays apart from it.
    { name: 'yaml', test: /\/labs\/reading\/(?:read-yaml|yaml-[a-z-]+)\.ts$/ },
  ],
};

// Of the client's `rolldownOptions` Astro takes only `output` from this file. Reading a property changes nothing in any of our packages.
/** @type {import('vite').Plugin} */
const pureReads = {
  name: 'pure-reads',
  configEnvironment: (name) =>
    name === 'client' ? { build: { modulePreload: false, rolldownOptions: { treeshake: { propertyReadSideEffects: false } } } } : undefined,
};

// `astro build --base /course/` changes the base after this file has run; links in MDX ask for it when they are rendered.
let base = '/';
/** @type {import('astro').AstroIntegration} */
const rememberBase = {
  name: 'remember-base',
  hooks: {
    'astro:config:done': ({ config }) => {
      base = config.base;
    },
  },
};

export default defineConfig({
  // `--site https://…` sets the public address; without it no page claims one.
  trailingSlash: 'always',
  integrations: [rememberBase, mdx({ optimize: true }), pageHead(), pagePolicy()],
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  // One stylesheet for the whole site: it is fetched once, and a chapter after a lab page costs no further one.
  vite: {
    build: {
      cssCodeSplit: false,
      // A script in a page needs its hash in the policy: more bytes than a request that is cached for all pages.
      assetsInlineLimit: (file) => (file.endsWith('.js') ? false : undefined),
      // Astro marks modules with a directive of its own; that bundling drops it is no news.
      rolldownOptions: { onLog: (level, log, handle) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : handle(level, log)) },
    },
    // Views are Preact. The build reads this from tsconfig.json; the scan of `astro dev` for dependencies does not.
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    optimizeDeps: {
      include: ['preact', 'preact/hooks', 'preact/jsx-runtime', 'preact/jsx-dev-runtime'],
      rolldownOptions: { transform: { jsx: { runtime: 'automatic', importSource: 'preact' } } },
    },
    plugins: [plainDynamicImports, pureReads],
    environments: { client: { build: { rolldownOptions: { output: { chunkFileNames, codeSplitting } } } } },
  },
  security: {
    csp: {
      directives: ["default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'self'", "form-action 'self'"],
      scriptDirective: {
        // Pagefind runs WebAssembly on the main thread where workers are missing.
        resources: ["'self'", "'wasm-unsafe-eval'"],
        hashes: [`sha256-${createHash('sha256').update(themeStart).digest('base64')}`],
      },
    },
  },
  markdown: {
    processor: satteri({ features: { smartPunctuation: false }, mdastPlugins: mdastPlugins(() => base) }),
    syntaxHighlight: { type: 'shiki', excludeLangs: ['mermaid'] },
    shikiConfig: { theme: codeTheme, transformers: [tokenClasses] },
  },
});
