import { commandName } from '../reference/command-name.ts';
import { reference } from '../reference/reference.ts';

/** A page of the reference. */
export interface Entry {
  readonly name: string;
  readonly path: `/${string}`;
}

/** What the reference holds about a chapter, written or not. `errors` and `beliefs` are how many. */
interface Already {
  readonly terms: readonly Entry[];
  readonly commands: readonly Entry[];
  readonly errors: number;
  readonly beliefs: number;
}

/** What readers find about a chapter before it is written. */
export async function alreadyOn(slug: string): Promise<Already> {
  const { terms, commands, errors, beliefs } = await reference();
  const isOn = ({ taught }: { readonly taught: { readonly chapter: { readonly slug: string } } }): boolean => taught.chapter.slug === slug;
  return {
    terms: terms.filter(isOn).map(({ id, term }) => ({ name: term, path: `/glossary/${id}/` })),
    commands: commands.filter(isOn).map((command) => ({ name: commandName(command), path: `/commands/${command.id}/` })),
    errors: errors.filter(isOn).length,
    beliefs: beliefs.filter(isOn).length,
  };
}
