/** Reads the type declarations of gofmt'ed Go packages: all that the field tables need, not Go. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A field as it is declared. */
export interface GoField {
  /** Name in JSON; empty: its fields are those of the struct around it. */
  readonly name: string;
  /** As written: `*metav1.Time`, `[]Container`. */
  readonly type: string;
  /** Import path by the name that `type` uses. */
  readonly imports: ReadonlyMap<string, string>;
  readonly isOmittedIfEmpty: boolean;
  readonly isOmittedIfZero: boolean;
  readonly isRequired: boolean;
}

export interface GoType {
  readonly package: string;
  readonly name: string;
  /** Of a struct. */
  readonly fields?: readonly GoField[];
  /** Of another type: what it is, as `string` or `map[ResourceName]resource.Quantity`. */
  readonly of?: string;
  readonly imports: ReadonlyMap<string, string>;
  /** All values, where the type is marked as an enumeration. */
  readonly values: readonly string[];
  /** Has a client of its own: it can be written in a manifest. */
  readonly isKind: boolean;
  readonly isNamespaced: boolean;
}

function importsOf(source: string): ReadonlyMap<string, string> {
  const block = /^import \(([^)]*)\)/mu.exec(source)?.[1] ?? /^import (.*)$/mu.exec(source)?.[1] ?? '';
  const found = [...block.matchAll(/^\s*(?:(\w+)\s+)?"([^"]+)"/gmu)];
  return new Map(found.map(([, alias, imported = '']) => [alias ?? path.posix.basename(imported), imported]));
}

function fieldOf(line: string, comments: string, imports: ReadonlyMap<string, string>): GoField | undefined {
  const [, declared = '', tag = ''] = /^\t(.*?)\s+`(?:[^`]*\s)?json:"([^"]*)"[^`]*`/u.exec(line) ?? [];
  const [name = '', ...options] = tag.split(',');
  if (declared === '' || name === '-') return undefined;
  const words = declared.split(/\s+/u);
  const isOmittedIfEmpty = options.includes('omitempty');
  const isOmittedIfZero = options.includes('omitzero');
  return {
    name,
    type: words.slice(words.length > 1 ? 1 : 0).join(' '),
    imports,
    isOmittedIfEmpty,
    isOmittedIfZero,
    isRequired: /\+(?:k8s:)?required/u.test(comments) || (!isOmittedIfEmpty && !isOmittedIfZero && !/\+(?:k8s:)?optional/u.test(comments)),
  };
}

function structFields(body: string, imports: ReadonlyMap<string, string>): readonly GoField[] {
  const fields: GoField[] = [];
  let comments = '';
  for (const line of body.split('\n')) {
    if (/^\s*\/\//u.test(line)) comments += `${line}\n`;
    else {
      const field = fieldOf(line, comments, imports);
      if (field !== undefined) fields.push(field);
      comments = '';
    }
  }
  return fields;
}

/** The comments above a declaration, also those that a blank line separates from it. */
function commentsAbove(source: string, offset: number): string {
  const lines = source.slice(0, offset).split('\n').slice(0, -1).reverse();
  const end = lines.findIndex((line) => line !== '' && !line.startsWith('//'));
  return lines.slice(0, end === -1 ? undefined : end).join('\n');
}

/** All types that a package declares, by name. `root` is the folder that import paths start in. */
export function goTypes(root: string, importPath: string): ReadonlyMap<string, GoType> {
  const folder = path.join(root, importPath);
  const files = readdirSync(folder).filter((file) => file.endsWith('.go') && !/_test\.go$|^zz_|generated/u.test(file));
  const sources = files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const values = new Map<string, string[]>();
  for (const [, type = '', value = ''] of sources.flatMap((source) => [...source.matchAll(/^\s+\w+\s+(\w+)\s*=\s*"([^"]*)"/gmu)])) {
    values.set(type, [...(values.get(type) ?? []), value]);
  }
  const types = new Map<string, GoType>();
  for (const source of sources) {
    const imports = importsOf(source);
    for (const found of source.matchAll(/^type (\w+) (?:= )?(?:struct \{\n([\s\S]*?)^\}|(.*?)(?:\s*\/\/.*)?$)/gmu)) {
      const [, name = '', body, of = ''] = found;
      const comments = commentsAbove(source, found.index);
      types.set(name, {
        package: importPath,
        name,
        imports,
        values: /\+enum\b/u.test(comments) ? [...new Set(values.get(name))].sort() : [],
        isKind: /\+genclient\b/u.test(comments) && !comments.includes('+genclient:noVerbs'),
        isNamespaced: !comments.includes('+genclient:nonNamespaced'),
        ...(body !== undefined ? { fields: structFields(body, imports) } : of === 'struct{}' ? { fields: [] } : { of }),
      });
    }
  }
  return types;
}
