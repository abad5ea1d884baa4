import { href } from '../../../href.ts';
import { reference } from '../../../reference/reference.ts';
import { fieldHelp, type FieldHelp } from './field-help.ts';
import { fieldTexts } from './texts.ts';

/** A card as the browser gets it: what is known of a field, and where to read on. */
export type FieldCard = Omit<FieldHelp, 'term' | 'reference'> & { readonly links: readonly (readonly [label: string, address: string])[] };

/** The cards of a manifest, in the order of its keys. Throws for what `fieldHelp` throws, and for a term that the glossary has not. */
export async function fieldCards(manifest: string): Promise<readonly FieldCard[]> {
  const { terms } = await reference();
  return fieldHelp(manifest, fieldTexts()).map(({ term: id, reference: official, ...help }) => {
    const term = terms.find((each) => each.id === id);
    if (id !== undefined && term === undefined) throw new Error(`content/data/fields.yaml: ${help.path}: there is no term "${id}" in the glossary.`);
    const taught = term?.taught;
    return {
      ...help,
      links: [
        ...(term ? [[`Glossary: ${term.term}`, href(`/glossary/${term.id}/`)] as const] : []),
        ...(taught?.path === undefined ? [] : [[`Chapter: ${taught.section ?? taught.chapter.title}`, href(taught.path)] as const]),
        ['Official reference', official] as const,
      ],
    };
  });
}
