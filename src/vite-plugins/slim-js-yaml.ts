import type { Plugin } from 'vite';

/** What is marked as free of side effects: js-yaml builds all its schemas when it is loaded, and a reader of events needs none of them. */
const rewrites: readonly { readonly from: RegExp; readonly to: string }[] = [
  { from: /= new Schema\(\[([\s\S]*?)\]\);/gu, to: '= /* @__PURE__ */ ((tags) => new Schema(tags()))(() => [$1]);' },
  { from: /= (defineScalarTag|defineSequenceTag|defineMappingTag|Symbol)\(/gu, to: '= /* @__PURE__ */ $1(' },
  // The call ends where a line begins with its closing brace.
  { from: /^(var \w+) = (\w+_SCHEMA\.withTags\([\s\S]*?^\}\));/gmu, to: '$1 = /* @__PURE__ */ (() => $2)();' },
];

/**
 * js-yaml 5 has no `sideEffects` mark, so a bundler keeps every schema: 3.6 kB of 17.4. This marks what may be dropped. Throws when js-yaml has
 * changed so much that nothing matches: then look whether the plugin is still needed.
 */
export function slimJsYaml(): Plugin {
  return {
    name: 'slim-js-yaml',
    transform: {
      filter: { id: /[\\/]js-yaml[\\/]dist[\\/]js-yaml\.mjs$/u },
      handler(code) {
        return rewrites.reduce((text, { from, to }) => {
          if (text.search(from) < 0) throw new Error(`slim-js-yaml: nothing in js-yaml looks like ${from.source}. Is the plugin still needed?`);
          return text.replace(from, to);
        }, code);
      },
    },
  };
}
