/** Types that the official reference describes on pages of their own. */
const definitions: Readonly<Record<string, string>> = {
  ObjectMeta: 'definitions/object-meta-v1-meta',
  LabelSelector: 'definitions/label-selector-v1-meta',
  ObjectReference: 'definitions/object-reference-v1',
  NodeSelector: 'definitions/node-selector-v1',
  NodeSelectorTerm: 'definitions/node-selector-term-v1',
  PodTemplateSpec: 'core/pod-template-v1',
  PodSpec: 'core/pod-v1',
  Container: 'core/pod-v1',
  PodDNSConfig: 'core/pod-v1',
};

/** Types with a section on the page of their kind. All others stand as rows in the section of what holds them. */
const sections: readonly string[] = [
  ...['ServicePort', 'HostPathVolumeSource', 'NFSVolumeSource', 'LocalVolumeSource', 'VolumeNodeAffinity', 'VolumeResourceRequirements'],
];

const kebab = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/**
 * Where the official reference describes a field: the section of the innermost type that has one. `owner` are the types from the kind's own inwards.
 * The pages are those of kubernetes/website, content/en/docs/reference/kubernetes-api, as they are generated for v1.37.
 */
export function referenceOf(apiVersion: string, kind: string, owner: readonly string[]): string {
  const group = apiVersion.includes('/') ? (apiVersion.split(/[./]/)[0] ?? '') : 'core';
  const page = `${group}/${kebab(kind)}-${apiVersion.split('/').at(-1) ?? ''}`;
  const type = owner.findLast((each) => each in definitions || sections.includes(each) || each === kind || each === `${kind}Spec`) ?? kind;
  return `https://kubernetes.io/docs/reference/kubernetes-api/${definitions[type] ?? page}/#${type}`;
}
