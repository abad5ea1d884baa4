/** Flags that every kubectl command takes; `true`: a value follows. */
const GLOBAL: Readonly<Record<string, boolean>> = {
  '-n': true,
  '--namespace': true,
  '--context': true,
  '--kubeconfig': true,
  '-v': true,
  '--request-timeout': true,
  '--as': true,
};

const OUTPUT = { '-o': true, '--output': true };
const SELECT = { '-l': true, '--selector': true, '-A': false, '--all-namespaces': false, '--field-selector': true };
const FILES = { '-f': true, '--filename': true, '-k': true, '-R': false };
const SESSION = { '-i': false, '-t': false, '-it': false, '-ti': false, '--stdin': false, '--tty': false, '-c': true, '--container': true };
const DRY = { '--dry-run': true };

/** What stands behind the verb: kinds and names, a pod and perhaps a command, a fixed word, or nothing that we check. */
interface Verb {
  readonly takes: 'resource' | 'pod' | 'free' | 'subcommand';
  readonly flags: Readonly<Record<string, boolean>>;
  readonly subcommands?: readonly string[];
  /** Words behind `--` are a command in the container. */
  readonly command?: boolean;
}

/** The verbs of kubectl v1.37 with the flags that the course uses. A new flag is a line here, after a look into `kubectl <verb> --help`. */
export const VERBS: Readonly<Record<string, Verb>> = {
  annotate: { takes: 'resource', flags: { ...SELECT, '--overwrite': false, '--all': false } },
  'api-resources': { takes: 'free', flags: { ...OUTPUT, '--namespaced': true, '--api-group': true, '--verbs': true } },
  apply: { takes: 'free', flags: { ...FILES, ...DRY, '--server-side': false, '--prune': false, '--force-conflicts': false } },
  attach: { takes: 'pod', flags: { ...SESSION } },
  auth: { takes: 'subcommand', subcommands: ['can-i', 'reconcile', 'whoami'], flags: { '--list': false } },
  autoscale: { takes: 'resource', flags: { '--min': true, '--max': true, '--cpu': true } },
  certificate: { takes: 'subcommand', subcommands: ['approve', 'deny'], flags: { ...FILES } },
  'cluster-info': { takes: 'free', flags: {} },
  config: {
    takes: 'subcommand',
    subcommands: ['view', 'get-contexts', 'current-context', 'use-context', 'set-context'],
    flags: { '--current': false, '--minify': false, ...OUTPUT },
  },
  cordon: { takes: 'free', flags: { ...SELECT } },
  cp: { takes: 'free', flags: { '-c': true } },
  create: {
    takes: 'subcommand',
    subcommands: [
      'namespace',
      'ns',
      'deployment',
      'deploy',
      'job',
      'cronjob',
      'configmap',
      'cm',
      'secret',
      'serviceaccount',
      'sa',
      'service',
      'svc',
      'role',
      'rolebinding',
      'clusterrole',
      'clusterrolebinding',
      'quota',
      'ingress',
      'token',
      'poddisruptionbudget',
      'pdb',
      'priorityclass',
    ],
    flags: {
      ...FILES,
      ...DRY,
      ...OUTPUT,
      '--image': true,
      '--replicas': true,
      '--port': true,
      '--from-literal': true,
      '--from-file': true,
      '--tcp': true,
      '--schedule': true,
      '--duration': true,
      '--verb': true,
      '--resource': true,
      '--resource-name': true,
      '--role': true,
      '--clusterrole': true,
      '--user': true,
      '--group': true,
      '--serviceaccount': true,
      '--class': true,
      '--rule': true,
      '--hard': true,
      '--selector': true,
      '--min-available': true,
      '--max-unavailable': true,
      '--cert': true,
      '--key': true,
      '--from': true,
    },
    command: true,
  },
  debug: {
    takes: 'resource',
    flags: { ...SESSION, '--image': true, '--target': true, '--copy-to': true, '--profile': true, '--share-processes': false },
    command: true,
  },
  delete: {
    takes: 'resource',
    flags: { ...SELECT, ...FILES, '--all': false, '--now': false, '--force': false, '--grace-period': true, '--ignore-not-found': false, '--wait': true },
  },
  describe: { takes: 'resource', flags: { ...SELECT, ...FILES } },
  diff: { takes: 'free', flags: { ...FILES, '--server-side': false } },
  drain: {
    takes: 'free',
    flags: { '--ignore-daemonsets': false, '--delete-emptydir-data': false, '--force': false, '--timeout': true, '--disable-eviction': false },
  },
  edit: { takes: 'resource', flags: { ...OUTPUT } },
  events: { takes: 'free', flags: { '--for': true, '--types': true, '-w': false, '--watch': false, ...SELECT } },
  exec: { takes: 'pod', flags: { ...SESSION }, command: true },
  explain: { takes: 'free', flags: { '--recursive': false, '--api-version': true } },
  expose: {
    takes: 'resource',
    flags: { '--port': true, '--target-port': true, '--type': true, '--name': true, '--cluster-ip': true, '--protocol': true, ...DRY, ...OUTPUT },
  },
  get: {
    takes: 'resource',
    flags: {
      ...OUTPUT,
      ...SELECT,
      ...FILES,
      '-w': false,
      '--watch': false,
      '-L': true,
      '--show-labels': false,
      '--sort-by': true,
      '--no-headers': false,
      '--raw': true,
    },
  },
  kustomize: { takes: 'free', flags: { ...OUTPUT, '--enable-helm': false } },
  label: { takes: 'resource', flags: { ...SELECT, '--overwrite': false, '--all': false } },
  logs: {
    takes: 'pod',
    flags: {
      ...SELECT,
      '-f': false,
      '--follow': false,
      '--tail': true,
      '-c': true,
      '-p': false,
      '--previous': false,
      '--since': true,
      '--all-containers': false,
      '--prefix': false,
      '--timestamps': false,
    },
  },
  patch: { takes: 'resource', flags: { '-p': true, '--patch': true, '--type': true, '--subresource': true } },
  'port-forward': { takes: 'free', flags: { '--address': true } },
  proxy: { takes: 'free', flags: { '--port': true, '--address': true } },
  replace: { takes: 'free', flags: { ...FILES, '--force': false } },
  rollout: {
    takes: 'subcommand',
    subcommands: ['status', 'history', 'undo', 'restart', 'pause', 'resume'],
    flags: { '--to-revision': true, '--revision': true, '--timeout': true },
  },
  run: {
    takes: 'free',
    flags: {
      ...SESSION,
      ...DRY,
      ...OUTPUT,
      '--image': true,
      '--restart': true,
      '--rm': false,
      '--env': true,
      '--port': true,
      '--labels': true,
      '--command': false,
      '--expose': false,
    },
    command: true,
  },
  scale: { takes: 'resource', flags: { '--replicas': true, '--current-replicas': true } },
  set: { takes: 'subcommand', subcommands: ['image', 'env', 'resources', 'serviceaccount'], flags: { ...SELECT, '--requests': true, '--limits': true } },
  taint: { takes: 'resource', flags: { '--overwrite': false } },
  top: { takes: 'subcommand', subcommands: ['pod', 'pods', 'node', 'nodes'], flags: { ...SELECT, '--containers': false, '--sort-by': true } },
  uncordon: { takes: 'free', flags: {} },
  version: { takes: 'free', flags: { ...OUTPUT, '--client': false } },
  wait: { takes: 'resource', flags: { ...SELECT, '--for': true, '--timeout': true, '--all': false } },
};

const RESOURCES = new Set(
  `all apiservice apiservices bindings clusterrole clusterrolebinding clusterrolebindings clusterroles cm configmap configmaps controllerrevisions cronjob cronjobs crd crds csr
  customresourcedefinitions daemonset daemonsets deploy deployment deployments ds endpoints endpointslice endpointslices ep event events ev gatewayclass hpa
  horizontalpodautoscaler horizontalpodautoscalers ing ingress ingressclass ingressclasses ingresses ipaddresses job jobs lease leases limitrange limitranges limits namespace
  namespaces netpol networkpolicies networkpolicy no node nodes ns pdb persistentvolume persistentvolumeclaim persistentvolumeclaims persistentvolumes po pod
  poddisruptionbudget poddisruptionbudgets pods pc priorityclass priorityclasses pv pvc quota rc replicaset replicasets resourceclaims resourcequota resourcequotas
  role rolebinding rolebindings roles rs runtimeclasses sa sc secret secrets service serviceaccount serviceaccounts servicecidrs services statefulset statefulsets
  storageclass storageclasses sts svc volumeattachments`.split(/\s+/),
);

/** Splits a line into words as a shell does, as far as examples need it: quotes, and no further than a pipe. */
export function shellWords(line: string): string[] {
  const command = /^(?:[^'"|;&]|'[^']*'|"[^"]*")*/.exec(line)?.[0] ?? '';
  return [...command.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map((match) => match[0].replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

function splitFlags(words: readonly string[], verb: Verb, name: string): { positional: string[]; faults: string[] } {
  const known = { ...GLOBAL, ...verb.flags };
  const positional: string[] = [];
  const faults: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) positional.push(word);
    else {
      const [flag = '', value] = word.split(/=(.*)/s);
      const takesValue = known[flag];
      if (takesValue === undefined) faults.push(`"kubectl ${name}" has no flag "${flag}" that the course knows`);
      else if (takesValue && value === undefined && words[++index] === undefined) faults.push(`"${flag}" needs a value`);
    }
  }
  return { positional, faults };
}

function resourceFaults(positional: readonly string[]): string[] {
  const [first] = positional;
  if (first === undefined) return [];
  const kinds = first.includes('/') ? positional.map((word) => word.split('/')[0] ?? '') : first.split(',');
  return kinds.filter((kind) => !RESOURCES.has((kind.split('.')[0] ?? '').toLowerCase())).map((kind) => `"${kind}" is no resource of v1.37`);
}

/** What is wrong with a kubectl line, as sentences; empty when it can be typed as it stands. */
export function kubectlFaults(line: string): string[] {
  const all = shellWords(line);
  const dashes = all.indexOf('--');
  const words = dashes < 0 ? all : all.slice(0, dashes);
  if (words[0] !== 'kubectl') return [`"${line}" does not start with kubectl`];
  // Flags such as -n may stand before the verb.
  let at = 1;
  while (words[at]?.startsWith('-')) at += GLOBAL[words[at] ?? ''] ? 2 : 1;
  const name = words[at] ?? '';
  const verb = VERBS[name];
  if (!verb) return [`"${name}" is no verb of kubectl`];
  const { positional, faults } = splitFlags([...words.slice(1, at), ...words.slice(at + 1)], verb, name);
  const first = positional[0];
  if (dashes >= 0 && !verb.command) faults.push(`"kubectl ${name}" takes no command behind "--"`);
  if (dashes < 0 && name === 'exec') faults.push('"kubectl exec" needs "--" and a command');
  if (verb.takes === 'subcommand' && first !== undefined && !verb.subcommands?.includes(first)) faults.push(`"kubectl ${name} ${first}" does not exist`);
  if (verb.takes === 'pod' && first?.includes('/')) faults.push(...resourceFaults([first]));
  if (verb.takes === 'resource') faults.push(...resourceFaults(positional));
  return faults;
}
