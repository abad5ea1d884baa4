/** A page of the site itself: no chapter and no entry, but a place to go to. */
export interface SitePage {
  readonly path: string;
  /** Its heading, as the page has it. */
  readonly title: string;
  /** What it is, in one sentence. */
  readonly is: string;
  /** What readers call it. */
  readonly also: readonly string[];
  /** Whether its own text is searched; then only the names are added. */
  readonly isSearched?: true;
}

/** The site's own pages, by which the search finds them. Lists are not searched themselves: they would answer for all that they list. */
export const sitePages: readonly SitePage[] = [
  {
    path: '/review/',
    title: 'Review',
    is: 'Cards from the chapters you have read come back after 1, 3, 7, 14 and 30 days, before you forget them.',
    also: ['review queue', 'review cards', 'flashcards', 'spaced repetition', 'quiz', 'quizzes'],
  },
  {
    path: '/your-data/',
    title: 'Your data',
    is: 'What the site remembers of your reading, bookmarks and answers, in your browser only: save it as a file, take it elsewhere, or clear it.',
    also: ['my data', 'bookmarks', 'my progress', 'reading progress', 'export progress', 'reset progress', 'privacy', 'cookies'],
  },
  {
    path: '/keyboard/',
    title: 'Keys',
    is: 'Every key of the site and of the labs, and a switch that turns single-key shortcuts off.',
    also: ['keyboard shortcuts', 'shortcuts', 'keyboard', 'key bindings', 'hotkeys'],
    isSearched: true,
  },
  {
    path: '/glossary/',
    title: 'Glossary',
    is: 'The terms of Kubernetes in a sentence or two each, with the chapter that explains them.',
    also: ['terms', 'definitions', 'dictionary', 'reference'],
  },
  {
    path: '/commands/',
    title: 'Commands',
    is: 'What each command is for, with its options and examples.',
    also: ['command list', 'cheat sheet', 'kubectl cheat sheet'],
  },
  {
    path: '/errors/',
    title: 'Error messages',
    is: 'What each message means, what causes it and how to mend it.',
    also: ['errors', 'list of errors', 'error list', 'troubleshooting'],
  },
  {
    path: '/often-said/',
    title: 'Often said',
    is: 'What is often said about Kubernetes and is not so, and what is true.',
    also: ['misconceptions', 'myths', 'misunderstandings'],
  },
  {
    path: '/labs/',
    title: 'Labs',
    is: 'Labs that run in the page: change an input, predict, step, rewind, break, repair, and see why.',
    also: ['simulations', 'simulator', 'hands-on', 'exercises', 'challenges'],
  },
  {
    path: '/course-map/',
    title: 'Map of the course',
    is: 'All parts and chapters of the course, what each one needs, and how far you are.',
    also: ['course map', 'chapters', 'table of contents', 'syllabus', 'curriculum'],
  },
  {
    path: '/paths/',
    title: 'Reading paths',
    is: 'Shorter ways through the course: for newcomers, for application developers, for cluster operators.',
    also: ['paths', 'learning paths', 'where to start'],
  },
  {
    path: '/exams/',
    title: 'CKA, CKAD and CKS',
    is: 'The domains of the CKA, CKAD and CKS exams with their weights, and the chapters that prepare for each.',
    also: ['exams', 'certification', 'exam preparation'],
    isSearched: true,
  },
  {
    path: '/offline/',
    title: 'Read offline',
    is: 'Keep the whole course in your browser: every page, lab and search without a network.',
    also: ['offline', 'download the course', 'print', 'pdf', 'epub', 'ebook'],
    isSearched: true,
  },
  {
    path: '/report/',
    title: 'Report an error',
    is: 'Something on a page of the course is wrong, unclear or broken: what to say so that it can be found and mended.',
    also: ['report a mistake', 'report a bug', 'feedback', 'contact'],
  },
  {
    path: '/fidelity/',
    title: 'What is simulated, and what is not',
    is: 'What the labs simulate, what they leave out, and how far they agree with recordings of real systems.',
    also: ['fidelity', 'accuracy', 'what is simulated', 'not simulated'],
    isSearched: true,
  },
];
