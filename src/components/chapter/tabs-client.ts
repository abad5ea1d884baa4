// Tabs in a chapter: the ARIA pattern with keys (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/). Groups of one name change together.
const keyOf = (group: Element): string => `kubestep:tabs:${(group as HTMLElement).dataset.tabs ?? ''}`;
const tabsOf = (group: Element): readonly HTMLElement[] => [...group.querySelectorAll<HTMLElement>(':scope > [role="tablist"] > [role="tab"]')];
const groups = [...document.querySelectorAll('[data-tabs]')];
const tabAt = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>('[data-tabs] [role="tab"]') : null);

/** Shows the tab with this label, in a group that has it. */
function choose(group: Element, label: string): void {
  const panels = [...group.querySelectorAll<HTMLElement>(':scope > .tab')];
  if (!panels.some((panel) => panel.dataset.tab === label)) return;
  for (const panel of panels) panel.classList.toggle('off', panel.dataset.tab !== label);
  for (const tab of tabsOf(group)) {
    const isChosen = tab.textContent.trim() === label;
    tab.ariaSelected = String(isChosen);
    tab.tabIndex = isChosen ? 0 : -1;
  }
}

/** Shows it in all groups of that name. What the reader looks at stays where it is on the screen, whatever changes its height above. */
function chooseAll(tab: HTMLElement, group: Element): void {
  const label = tab.textContent.trim();
  const topBefore = tab.getBoundingClientRect().top;
  for (const each of groups) if (keyOf(each) === keyOf(group)) choose(each, label);
  scrollBy({ top: tab.getBoundingClientRect().top - topBefore, behavior: 'instant' });
  try {
    sessionStorage.setItem(keyOf(group), label);
  } catch {
    // Refused: the choice holds for this page.
  }
}

/** A link into a panel opens it. */
function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const panel = target?.closest<HTMLElement>('.tab');
  const group = panel?.closest('[data-tabs]');
  if (!target || !panel || !group) return;
  choose(group, panel.dataset.tab ?? '');
  target.scrollIntoView();
}

function walk(event: KeyboardEvent, group: Element): void {
  const tabs = tabsOf(group);
  const at = tabs.findIndex((tab) => tab === event.target);
  const stops: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
  const stop = stops[event.key];
  const next = stop === undefined || at < 0 ? undefined : tabs.at(stop % tabs.length);
  if (!next) return;
  event.preventDefault();
  next.focus();
  chooseAll(next, group);
}

/** Makes all tabs of the page work. `pressed` is what the reader pressed before this was there. */
export function startTabs(pressed: EventTarget | null): void {
  const press = (target: EventTarget | null): void => {
    const tab = tabAt(target);
    const group = tab?.closest('[data-tabs]');
    if (tab && group) chooseAll(tab, group);
  };
  for (const group of groups) {
    for (const panel of group.querySelectorAll(':scope > .tab')) panel.role = 'tabpanel';
    group.addEventListener('keydown', (event) => {
      walk(event as KeyboardEvent, group);
    });
    try {
      choose(group, sessionStorage.getItem(keyOf(group)) ?? tabsOf(group)[0]?.textContent.trim() ?? '');
    } catch {
      // Refused: the first tab stays.
    }
  }
  document.addEventListener('click', ({ target }) => {
    press(target);
  });
  addEventListener('hashchange', openTarget);
  openTarget();
  press(pressed);
}
