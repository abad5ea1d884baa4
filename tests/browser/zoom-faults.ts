// What is measured inside a page that a reader has enlarged or recoloured. Each function runs in the browser and names faults, a line each.

/** Text that is lost: the page scrolls sideways, a box cuts what it holds, words begin left of the page, or the header's controls cover each other. */
export function lostContent(): readonly string[] {
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')} “${element.textContent.trim().replaceAll(/\s+/gu, ' ').slice(0, 40)}”`;
  const root = document.documentElement;
  const faults: string[] = [];
  const over = root.scrollWidth - root.clientWidth;
  const { width } = { width: root.clientWidth };
  // Who makes the page wide: the innermost elements that end beyond it and stand in no box that scrolls.
  const scrolls = (element: Element | null): boolean =>
    element !== null && element !== root && element !== document.body && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
  const isForEars = (element: Element): boolean => element.closest('.sr, .skip') !== null;
  for (const element of document.querySelectorAll('body, body *')) {
    const text = element.textContent.trim();
    if (text === '' || isForEars(element) || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (over > 0 && box.right > width + 1 && !scrolls(element) && element.children.length === 0)
      faults.push(`wider than the page by ${over}: ${nameOf(element)}`);
    if (box.right < 1 && !scrolls(element)) faults.push(`left of the page: ${nameOf(element)}`);
    const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
    const cutAcross = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const cutDown = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (element instanceof HTMLElement && style.display !== 'inline' && (cutAcross || cutDown))
      faults.push(`cut ${cutAcross ? 'across' : 'down'}: ${nameOf(element)}`);
  }
  if (over > 0 && faults.length === 0) faults.push(`the page is ${over} px wider than the window`);
  const controls = [...document.querySelectorAll('.top :is(a, label)')].filter((control) => control.getBoundingClientRect().width > 0);
  for (const control of controls) {
    const { left, right, top, bottom } = control.getBoundingClientRect();
    if (right > width + 1) faults.push(`beyond the header: ${nameOf(control)}`);
    for (const other of controls.slice(controls.indexOf(control) + 1)) {
      const box = other.getBoundingClientRect();
      if (left < box.right - 1 && box.left < right - 1 && top < box.bottom - 1 && box.top < bottom - 1)
        faults.push(`${nameOf(control)} covers ${nameOf(other)}`);
    }
  }
  return [...new Set(faults)];
}

/** Notes in the margin that are hard to read: a column narrower than 14em, or over what stands below or beside them. */
export function crampedNotes(): readonly string[] {
  const emMin = 14;
  return [...document.querySelectorAll<HTMLElement>('.flow > :is(.note, .goals)')].flatMap((note) => {
    const { left, right, top } = note.getBoundingClientRect();
    // In the margin a note takes no height of its row.
    const bottom = top + Math.max(note.scrollHeight, note.offsetHeight);
    const name = `“${note.textContent.trim().slice(0, 30)}”`;
    const em = (right - left) / Number.parseFloat(getComputedStyle(note).fontSize);
    const faults = em < emMin ? [`${name} is ${em.toFixed(1)}em wide`] : [];
    for (const other of note.parentElement?.children ?? []) {
      const box = other.getBoundingClientRect();
      const low = box.top + Math.max(other.scrollHeight, box.height);
      if (other !== note && box.left < right - 1 && left < box.right - 1 && box.top < bottom - 1 && top < low - 1)
        faults.push(`${name} covers ${other.tagName.toLowerCase()} “${other.textContent.trim().slice(0, 30)}”`);
    }
    return faults;
  });
}

/** Boxes that scroll and have no name: a stop for the Tab key at which nothing is said, in browsers that make one of every box that scrolls. */
export function namelessScrollers(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
    const { overflowX, overflowY, visibility } = getComputedStyle(element);
    const scrolls = (overflow: string, inner: number, outer: number): boolean => /^(?:auto|scroll)$/u.test(overflow) && inner > outer + 1;
    const isStop = scrolls(overflowX, element.scrollWidth, element.clientWidth) || scrolls(overflowY, element.scrollHeight, element.clientHeight);
    if (!isStop || visibility === 'hidden' || !element.checkVisibility() || element.closest('[inert]') !== null) return [];
    const isNamed = element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || element.matches('textarea, select');
    return isNamed || element.getAttribute('tabindex') === '-1' ? [] : [element.outerHTML.slice(0, 90)];
  });
}

/** Targets smaller than 24 × 24 px that WCAG 2.2, 2.5.8 does not except: not in a sentence, and a circle of 24 px around one meets another target. */
export function smallTargets(): readonly string[] {
  const least = 24;
  /** The box of a target without what the boxes around it scroll out of sight. */
  const partInSight = (target: Element): DOMRect => {
    let { left, top, right, bottom } = target.getBoundingClientRect();
    for (let around = target.parentElement; around !== null && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowY === 'visible') continue;
      const box = around.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return new DOMRect(left, top, right - left, bottom - top);
  };
  const seen = new Map<Element, DOMRect>();
  for (const control of document.querySelectorAll('a[href], button, summary, input, select, textarea, [role="button"], [role="tab"], [role="option"]')) {
    const label = control instanceof HTMLInputElement && /^(?:radio|checkbox)$/u.test(control.type) ? control.labels?.[0] : undefined;
    const target = label ?? control;
    const box = partInSight(target);
    if (box.width > 1 && box.height > 1 && target.closest('.sr, .skip') === null && target.checkVisibility({ visibilityProperty: true })) seen.set(target, box);
  }
  /** What stays in sight while the rest scrolls past is beside it only for a moment. */
  const pinned = (element: Element | null): Element | null =>
    element === null || /^(?:sticky|fixed)$/u.test(getComputedStyle(element).position) ? element : pinned(element.parentElement);
  /** In a sentence: an inline box beside words that belong to no target. */
  const inSentence = (target: Element): boolean => {
    if (!getComputedStyle(target).display.startsWith('inline')) return false;
    const parent = target.closest('p, li, dd, dt, td, th, figcaption, span, small, h1, h2, h3, label, summary, div');
    const block = parent === target ? target.parentElement : parent;
    return block !== null && [...block.childNodes].some((node) => !node.contains(target) && (node.textContent ?? '').trim() !== '');
  };
  const isSmall = (box: DOMRect): boolean => box.width < least - 0.5 || box.height < least - 0.5;
  const faults: string[] = [];
  for (const [target, box] of seen) {
    if (!isSmall(box) || inSentence(target)) continue;
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const near = [...seen].find(([other, place]) => {
      if (other === target || other.contains(target) || target.contains(other) || pinned(other) !== pinned(target)) return false;
      const away = isSmall(place)
        ? Math.hypot(place.x + place.width / 2 - middle.x, place.y + place.height / 2 - middle.y) - least / 2
        : Math.hypot(Math.max(place.left - middle.x, 0, middle.x - place.right), Math.max(place.top - middle.y, 0, middle.y - place.bottom));
      return away < least / 2 - 0.5;
    });
    if (near === undefined) continue;
    const size = `${Math.round(box.width)} × ${Math.round(box.height)}`;
    faults.push(`${size}: ${target.outerHTML.slice(0, 100)} near ${near[0].outerHTML.slice(0, 60)}`);
  }
  return faults;
}

/** States that only a colour shows which forced colours take away: what is chosen must differ from its neighbours by more than a background or a shadow. */
export function lostStates(): readonly string[] {
  const looks = (element: Element): string => {
    const signs = ['color', 'background-color', 'font-weight', 'text-decoration-line', 'outline-style', 'outline-width'];
    const borders = ['top', 'right', 'bottom', 'left'].flatMap((side) => ['width', 'style', 'color'].map((what) => `border-${side}-${what}`));
    return [null, '::before', '::after']
      .map((part) => {
        const style = getComputedStyle(element, part);
        return [...signs, ...borders, ...(part === null ? [] : ['content', 'display'])].map((sign) => style.getPropertyValue(sign)).join(' ');
      })
      .join(' | ');
  };
  const isDrawn = (element: Element): boolean => getComputedStyle(element).opacity !== '0';
  const wholeLook = (element: Element): string => [element, ...element.querySelectorAll('*')].filter(isDrawn).map(looks).join('\n');
  const chosen = '[aria-current]:not([aria-current="false"]), [aria-selected="true"], [aria-pressed="true"], [aria-checked="true"], label:has(> input:checked)';
  const faults: string[] = [];
  for (const element of document.querySelectorAll(chosen)) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.getBoundingClientRect().width <= 1) continue;
    const input = element.querySelector(':scope > input');
    // A box or dot that the browser draws shows its own state.
    if (input !== null && getComputedStyle(input).opacity !== '0' && getComputedStyle(input).appearance !== 'none') continue;
    const holder = element.parentElement?.matches('li') === true ? element.parentElement.parentElement : element.parentElement;
    const others = [...(holder?.querySelectorAll(element.tagName) ?? [])].filter(
      (other) => !other.matches(chosen) && other.children.length === element.children.length,
    );
    const other = others.find((candidate) => candidate.getBoundingClientRect().width > 1);
    if (other !== undefined && wholeLook(other) === wholeLook(element)) faults.push(element.outerHTML.slice(0, 120));
  }
  return faults;
}

/** Elements that would still move for a reader who asked for less motion. */
export function motions(): readonly string[] {
  const isLong = (durations: string): boolean => durations.split(',').some((duration) => Number.parseFloat(duration) > 0);
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element);
    const moves = isLong(transitionDuration) || (animationName !== 'none' && isLong(animationDuration)) || scrollBehavior === 'smooth';
    return moves ? [element.outerHTML.slice(0, 100)] : [];
  });
}

/** What is wrong with the element that has the focus: no outline to see, or nothing of it in sight. `undefined`: the focus has left the page. */
export function focusFault(): string | null | undefined {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return undefined;
  const name = focused.outerHTML.slice(0, 110);
  // A radio button that is not drawn is shown by its label; a picture's part by its group.
  const shown = (element: Element | null, up: number): boolean => {
    if (element === null || up < 0) return false;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && outlineColor !== 'rgba(0, 0, 0, 0)') || shown(element.parentElement, up - 1);
  };
  const label = focused instanceof HTMLInputElement && !/^(?:text|search|range)$/u.test(focused.type) ? focused.labels?.[0] : undefined;
  if (!shown(focused, 2) && !(label !== undefined && shown(label, 0))) return `no outline: ${name}`;
  const box = (label ?? focused).getBoundingClientRect();
  const part = [0.02, 0.25, 0.5, 0.75, 0.98];
  const points = part.flatMap((across) => part.map((down) => ({ x: box.left + box.width * across, y: box.top + box.height * down })));
  // Tall things begin above the window and end below it: their visible part counts.
  const rows = [60, 90, 128, 170, 210].map((y) => ({ x: box.left + box.width / 2, y })).filter(({ y }) => y > box.top && y < box.bottom);
  const inSight = [...points, ...rows].some(({ x, y }) => {
    const hit = document.elementFromPoint(x, y);
    return (
      hit !== null &&
      (hit === focused || focused.contains(hit) || (label?.contains(hit) ?? false) || (hit.contains(focused) && hit.matches('label, a, button')))
    );
  });
  return inSight ? null : `hidden: ${name} at ${Math.round(box.top)}–${Math.round(box.bottom)}`;
}
