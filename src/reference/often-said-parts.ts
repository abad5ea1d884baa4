import { parts, type Part } from '../course/course.ts';
import { reference } from './reference.ts';

/** The parts of the course that have beliefs, in the order of the course: each has a page at /often-said/<part>/. */
export async function partsWithBeliefs(): Promise<readonly Part[]> {
  const { beliefs } = await reference();
  return parts.filter(({ slug }) => beliefs.some(({ taught }) => taught.chapter.part.slug === slug));
}
