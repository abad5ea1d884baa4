/** A module that a folder of labs may have, by path. */
export type Modules<Default> = Readonly<Record<string, () => Promise<{ readonly default: Default }>>>;

/** What such a module is about. Rejects when it is not part of this build, or cannot be fetched. */
export async function load<Default>(modules: Modules<Default>, path: string): Promise<Default> {
  const found = modules[path];
  if (!found) throw new Error(path);
  return (await found()).default;
}
