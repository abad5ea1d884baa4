import type { Scenario } from '../../labs/lab.ts';

/** A scenario as pages carry it: with the input that its texts mean, so that the reader stays away until the first edit. */
export interface PageScenario extends Omit<Scenario, 'wrong'> {
  readonly id: string;
  readonly input: unknown;
  /** Diagnoses that belong to this scenario. */
  readonly diagnoses: readonly string[];
}

/** One line of the chooser. */
export interface ScenarioName {
  readonly id: string;
  readonly title: string;
  readonly kind: Scenario['kind'];
}

/** What the tests say about a lab. */
export interface Agreement {
  /** `415 of 415 recorded lookups agree (glibc 2.36)`. */
  readonly text: string;
}

/** All that a player in a page needs to know; stands in the page as JSON. */
export interface PageLab {
  /** Begins every id of this lab in its page. */
  readonly id: string;
  readonly lab: string;
  readonly scenario: PageScenario;
  readonly scenarios: readonly ScenarioName[];
  readonly agreements: readonly Agreement[];
  /** Address of the lab's own page, ending in `/`. */
  readonly url: string;
  readonly layout: 'full' | 'figure' | 'compact';
  /** Level of the lab's heading. */
  readonly heading: 1 | 2 | 3 | 4;
}

/** Address of a scenario's data below the lab's own page. */
export function scenarioUrl(labUrl: string, scenario: string): string {
  return `${labUrl}${scenario}.json`;
}
