import { nearestIds } from './nearest-ids.ts';

/** A chapter that entries may name. `anchors` are the ids of its headings; undefined while it is not written. */
export interface KnownChapter {
  readonly slug: string;
  readonly title: string;
  readonly part: { readonly slug: string; readonly title: string; readonly number: number };
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly anchors: readonly string[] | undefined;
}

/** A lab that entries may name. */
export interface KnownLab {
  readonly id: string;
  readonly title: string;
  readonly scenarios: readonly { readonly id: string; readonly title: string }[];
}

/** All places of the site that entries may name. */
export interface Places {
  readonly chapters: readonly KnownChapter[];
  readonly labs: readonly KnownLab[];
}

/** Where an entry is taught. `path` is undefined while the chapter is not written. */
export interface ChapterLink {
  readonly chapter: KnownChapter;
  readonly anchor: string | undefined;
  /** The title of the section, where the place is a section. */
  readonly section: string | undefined;
  readonly path: `/${string}` | undefined;
}

/** The lab that shows an entry, and the scenario of it. */
export interface LabLink {
  readonly title: string;
  readonly scenario: string | undefined;
  readonly path: `/${string}`;
}

/** Finds `dns` or `dns#records`. Throws, after `where`, for a chapter that is not on the map and a heading that is not there. */
export function chapterLink(place: string, { chapters }: Places, where: string): ChapterLink {
  const [slug = '', anchor] = place.split('#');
  const chapter = chapters.find((each) => each.slug === slug);
  if (!chapter) {
    const slugs = chapters.map((each) => each.slug);
    throw new Error(`${where}, chapter: "${slug}" is not on the map, content/data/course.yaml. ${nearestIds(slug, slugs)}`);
  }
  const { anchors } = chapter;
  if (anchor !== undefined && anchors === undefined)
    throw new Error(`${where}, chapter: "${slug}" is not written yet and has no headings; name the chapter alone`);
  if (anchor !== undefined && anchors?.includes(anchor) === false)
    throw new Error(`${where}, chapter: /${slug}/ has no heading with the id "${anchor}". ${nearestIds(anchor, anchors)}`);
  return {
    chapter,
    anchor,
    section: chapter.sections.find((each) => each.id === anchor)?.title,
    path: anchors === undefined ? undefined : anchor === undefined ? `/${slug}/` : `/${slug}/#${anchor}`,
  };
}

/** Finds `dns-search` or `dns-search#scenario=svc1-dev`. Throws, after `where`, for a lab or a scenario that is not there. */
export function labLink(place: string, { labs }: Places, where: string): LabLink {
  const [id = '', fragment] = place.split('#');
  const lab = labs.find((each) => each.id === id);
  if (!lab)
    throw new Error(
      `${where}, lab: there is no lab "${id}". ${nearestIds(
        id,
        labs.map((each) => each.id),
      )}`,
    );
  if (fragment === undefined) return { title: lab.title, scenario: undefined, path: `/labs/${id}/` };
  const scenario = fragment.replace(/^scenario=/, '');
  const found = lab.scenarios.find((each) => each.id === scenario);
  if (!found)
    throw new Error(
      `${where}, lab: "${id}" has no scenario "${scenario}". ${nearestIds(
        scenario,
        lab.scenarios.map((each) => each.id),
      )}`,
    );
  return { title: lab.title, scenario: found.title, path: `/labs/${id}/#scenario=${scenario}` };
}
