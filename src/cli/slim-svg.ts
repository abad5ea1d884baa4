/** Classes that our own style sheet adds meaning to: the six categories of the course. */
const CATEGORIES = ['pod', 'service', 'node', 'volume', 'identity', 'packet'];

/** Attributes that repeat what the style sheet of the kind says, or that nothing reads. */
const SAID_ELSEWHERE = /^(data-(?!kind)[\w-]*|name|font-(family|size|weight|style)|alignment-baseline|stroke-dasharray|stroke-width|style)$/;

/** Whether a selector can match anything in the pictures: the sheet of mermaid covers every shape and look that it knows. */
function matches(selector: string, pictures: string): boolean {
  const own = selector.replace(/^\[data-kind="[^"]+"\]\s*/, '');
  if (own.includes('[data-') || own.includes(':root')) return false;
  const classes = [...own.matchAll(/\.([\w-]+)/g)].map((match) => match[1] ?? '');
  const elements = [...own.matchAll(/(?:^|[\s>+])([a-z]\w*)/gi)].map((match) => match[1] ?? '');
  const ids = [...own.matchAll(/(?:#|id\$="-?|id\^=")([\w-]+)/g)].map((match) => match[1] ?? '');
  return (
    classes.every((name) => new RegExp(`class="([^"]* )?${name}[ "]`).test(pictures)) &&
    elements.every((name) => name !== 'svg' && new RegExp(`<${name}[ >]`).test(pictures)) &&
    ids.every((id) => pictures.includes(id))
  );
}

/** The rules of a style sheet that some picture needs, without what the page decides: fonts, and properties that SVG does not have. */
export function pruneSheet(css: string, pictures: string): string {
  return css.replace(/@keyframes[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '').replace(/\s*([^{}]+)\{([^{}]*)\}/g, (_, selectors: string, body: string) => {
    const kept = selectors.split(',').filter((selector) => matches(selector.trim(), pictures));
    const declarations = body.replace(/(font-family|background-color|text-align|cursor):[^;]*;/g, '').replace(/\s+/g, ' ');
    return kept.length === 0 || declarations.trim() === '' ? '' : `${kept.join(',')}{${declarations}}\n`;
  });
}

/** A picture without ids nobody refers to, classes no rule names, colours the sheet sets and wrappers that say nothing. It looks the same. */
export function slimSvg(svg: string, css: string): string {
  const styled = new Set([...[...css.matchAll(/\.([a-z][\w-]*)/gi)].map((match) => match[1] ?? ''), ...CATEGORIES]);
  const keepAttribute = (name: string, value: string): boolean => {
    if (SAID_ELSEWHERE.test(name)) return false;
    if (name === 'id') return svg.includes(`#${value})`) || svg.includes(`="${value}"`.replace('=', 'by='));
    return !((name === 'fill' || name === 'stroke') && value.startsWith('#'));
  };
  const slim = svg.replace(/<([a-z]\w*)((?: [\w:-]+="[^"]*")+)(\/?)>/gi, (_, tag: string, attributes: string, end: string) => {
    const kept = [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)].flatMap(([, name = '', value = '']) => {
      if (name === 'class') {
        const words = [...new Set(value.split(' '))].filter((word) => styled.has(word));
        return words.length > 0 ? [` class="${words.join(' ')}"`] : [];
      }
      return tag === 'svg' || keepAttribute(name, value) ? [` ${name}="${value}"`] : [];
    });
    return `<${tag}${kept.join('')}${end}>`;
  });
  return unwrap(slim);
}

/** Removes spans without attributes, empty boxes and empty groups, until none is left. */
function unwrap(svg: string): string {
  const next = svg
    .replace(/<tspan>([^<]*)<\/tspan>/g, '$1')
    .replace(/<rect(?: (?:class="background"|stroke="none"))*\/>/g, '')
    .replace(/<g>((?:(?!<\/?g[ >])[\s\S])*)<\/g>/g, '$1')
    .replace(/<(g|defs|text)(?: [^<>]*)?><\/\1>/g, '');
  return next === svg ? svg : unwrap(next);
}
