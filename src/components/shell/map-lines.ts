// On the map of the course: a chapter that is pointed at or has the focus shows the lines to what it needs and to what needs it.
export {};

const map = document.querySelector('[data-map]');

function light(row: HTMLElement | null): void {
  const slug = row?.dataset.row;
  const near = new Set<string>();
  for (const arc of map?.querySelectorAll<SVGPathElement>('path') ?? []) {
    const { from = '', to = '' } = arc.dataset;
    const isNeed = slug !== undefined && to === slug;
    const isUse = slug !== undefined && from === slug;
    arc.classList.toggle('need', isNeed);
    arc.classList.toggle('use', isUse);
    if (isNeed) near.add(from);
    if (isUse) near.add(to);
  }
  for (const each of map?.querySelectorAll<HTMLElement>('[data-row]') ?? []) each.classList.toggle('near', near.has(each.dataset.row ?? ''));
}

for (const type of ['pointerover', 'focusin'])
  map?.addEventListener(type, ({ target }) => {
    light((target as Element).closest<HTMLElement>('[data-row]'));
  });
for (const type of ['pointerleave', 'focusout'])
  map?.addEventListener(type, () => {
    light(null);
  });
