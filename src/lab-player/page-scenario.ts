import type { Scenario } from '../../labs/lab.ts';

/** A scenario as pages get it: with the first state that follows from its texts, so that reader and models stay away until they are needed. */
export interface PageScenario extends Omit<Scenario, 'wrong' | 'order'> {
  readonly id: string;
  /** File of the chapter's listing that stands in the place of this scenario's text. */
  readonly listing?: string;
  readonly start: unknown;
  /** Diagnoses that belong to this scenario. */
  readonly diagnoses: readonly string[];
  /** What the badge says while it is shown; absent: nothing is recorded. */
  readonly agreement?: string;
  /** The challenge after this one. */
  readonly next?: ScenarioName;
}

/** One line of the chooser. */
export interface ScenarioName {
  readonly id: string;
  readonly title: string;
  readonly kind: Scenario['kind'];
}

/** All that a player in a page needs to know. On a lab's own page it stands there as JSON; beside a text it is fetched on intent. */
export interface PageLab {
  /** Begins every id of this lab in its page. */
  readonly id: string;
  readonly lab: string;
  readonly scenario: PageScenario;
  readonly scenarios: readonly ScenarioName[];
  /** Former id → present id of each scenario that was renamed, on the lab’s own page: links lead there for years. Absent: none was. */
  readonly former?: Readonly<Record<string, string>>;
  /** Address of the lab's own page, ending in `/`. */
  readonly url: string;
  readonly layout: 'full' | 'figure' | 'compact';
  /** Level of the lab's heading. */
  readonly heading: 1 | 2 | 3 | 4;
}

/** A first state longer than this does not stand in the page, which would be more than 2 kB longer for it (compressed). */
export const stateCharactersMax = 16_000;

/** Address of a scenario's data below the lab's own page. */
export function scenarioUrl(labUrl: string, scenario: string): string {
  return `${labUrl}${scenario}.json`;
}

/** A lab beside a text links to its own page at its scenario; that is where its data lies. */
export function scenarioLink(host: HTMLElement): { readonly url: string; readonly scenario: string } {
  const [url = '', scenario = ''] = (host.querySelector('.lab-head a')?.getAttribute('href') ?? '').split('#scenario=');
  return { url, scenario };
}

/** What begins every id of a lab in its page. */
export function pageIdOf(host: HTMLElement): string {
  return (
    host
      .querySelector('.lab')
      ?.getAttribute('aria-labelledby')
      ?.replace(/-name$/, '') ?? ''
  );
}
