const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&#38;': '&', '&#39;': "'" };

/** The labels of the rendered `<Tab>`s in `<Tabs>`, in order. Throws when there are fewer than two, or two with one label. */
export function tabLabels(html: string, sync: string): readonly string[] {
  const labels = [...html.matchAll(/<div class="tab" role="group" data-tab="([^"]*)"/g)].map(([, label = '']) =>
    label.replace(/&(?:\w+|#\d+);/g, (entity) => entities[entity] ?? entity),
  );
  if (labels.length < 2) throw new Error(`<Tabs sync="${sync}"> has ${labels.length} <Tab label="…">: expected at least two.`);
  if (new Set(labels).size < labels.length) throw new Error(`<Tabs sync="${sync}"> has two tabs with the same label: ${labels.join(', ')}.`);
  return labels;
}
