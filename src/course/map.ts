import { findChapter, parts, type Chapter, type Part } from './course.ts';
import { writtenChapters, type Written } from './written.ts';

/** A chapter on the map with what it needs. `row` counts all lines of the map from 0, headings of parts too. */
export interface MapChapter {
  readonly chapter: Chapter;
  readonly text: Written | undefined;
  readonly needs: readonly Chapter[];
  readonly row: number;
}

/** A part on the map. */
export interface MapPart {
  readonly part: Part;
  readonly chapters: readonly MapChapter[];
}

/** A line from a chapter to one that needs it; `path` is SVG in a box of `arcWidth` by as many units as the map has rows. */
export interface Arc {
  readonly from: string;
  readonly to: string;
  readonly path: string;
}

/** Width of the picture of arcs in its own units. */
export const arcWidth = 100;

/** What a chapter needs: what its text says, or until it is written what is planned. */
function needsOf(chapter: Chapter, text: Written | undefined): readonly Chapter[] {
  const slugs = text?.data.prerequisites ?? chapter.needs;
  return slugs.flatMap((slug) => findChapter(slug)?.chapter ?? []).sort((one, other) => one.number - other.number);
}

/** The whole course as the map shows it, with the texts of the chapters that are written. */
export function mapOf(allParts: readonly Part[], written: readonly Written[]): readonly MapPart[] {
  let row = 0;
  return allParts.map((part) => {
    row += 1;
    const chapters = part.chapters.map((chapter): MapChapter => {
      const text = written.find((each) => each.chapter.slug === chapter.slug);
      return { chapter, text, needs: needsOf(chapter, text), row: row++ };
    });
    return { part, chapters };
  });
}

/** The arcs of a map: from the right edge out to the left and back, the farther the wider, so that long ones go around short ones. */
export function arcsOf(map: readonly MapPart[]): { readonly arcs: readonly Arc[]; readonly rows: number } {
  const all = map.flatMap(({ chapters }) => chapters);
  const rowOf = new Map(all.map(({ chapter, row }) => [chapter.slug, row]));
  const rows = map.length + all.length;
  const arcs = all.flatMap(({ chapter, needs, row }) =>
    needs.flatMap((need): readonly Arc[] => {
      const start = rowOf.get(need.slug);
      if (start === undefined) return [];
      // A cubic reaches three quarters of the way to its handles.
      const reach = Math.round(arcWidth * (1 - 1.3 * Math.sqrt(Math.abs(row - start) / rows)));
      return [
        { from: need.slug, to: chapter.slug, path: `M${arcWidth} ${start + 0.5}C${reach} ${start + 0.5} ${reach} ${row + 0.5} ${arcWidth} ${row + 0.5}` },
      ];
    }),
  );
  return { arcs, rows };
}

/** The map of this course. */
export async function courseMap(): Promise<readonly MapPart[]> {
  return mapOf(parts, await writtenChapters());
}
