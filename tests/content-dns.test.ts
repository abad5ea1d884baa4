// What the chapter on DNS says in numbers, and what its manifests do, tried in the lab.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import lab from '../labs/dns-search/lab.ts';
import reader from '../labs/dns-search/read.ts';
import { settledState, type LabFiles } from '../src/components/chapter/settled-lab.ts';

const chapter = path.resolve(import.meta.dirname, '../content/05-networking/24-dns');
const manifest = (name: string): string => readFileSync(path.join(chapter, 'manifests', name), 'utf8');

const client =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: client, namespace: default }\nspec: { containers: [{ name: app, image: registry.example/client:1 }] }\n';
const service = (name: string, namespace: string, address: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { clusterIP: ${address}, ports: [{ port: 80 }] }\n`;
const database = `apiVersion: v1
kind: Service
metadata: { name: db, namespace: default }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: default }
spec:
  serviceName: db
  replicas: 1
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: pg, image: registry.example/pg:1 }] } }
`;
const internet = 'internet:\n  api.github.com.: { A: [203.0.113.6] }\n  payments.example.com.: { A: [203.0.113.9] }\n';

/** Looks a name up in a cluster and says what the lab says about it. */
function lookUp(name: string, objects: readonly string[], library: string): Readonly<Record<string, string>> {
  const texts = { cluster: objects.join('---\n'), resolvConf: '', network: internet, lookup: `name: ${name}\nlibrary: ${library}\nfamily: A and AAAA\n` };
  const files: LabFiles = { labs: { dns: lab }, readers: { dns: reader }, scenarios: { 'dns/x': JSON.stringify({ texts }) } };
  const { facts } = lab.describe(settledState(files, 'dns', 'x') as Parameters<typeof lab.describe>[0]);
  return Object.fromEntries(facts.map((fact) => [fact.label, fact.value]));
}

const libraries = ['glibc 2.36', 'musl 1.2.5'];

describe('the table of costs', () => {
  const rows = [...readFileSync(path.join(chapter, 'index.mdx'), 'utf8').matchAll(/^\| `([a-z0-9.-]+)` \| (\d+) \| (\d+) \|$/gm)];
  const objects = [client, service('ent', 'default', '10.96.201.240'), service('web', 'shop', '10.96.20.20'), database];

  test('has its eight rows', () => {
    expect(rows).toHaveLength(8);
  });

  test.each(rows.flatMap(([, name = '', names = '', queries = '']) => libraries.map((library) => [name, names, queries, library] as const)))(
    '%s: %s names, %s queries with %s',
    (name, names, queries, library) => {
      expect(lookUp(name, objects, library)).toMatchObject({ 'Names asked': names, Queries: queries });
    },
  );
});

describe('the manifests', () => {
  const apart = [service('svc1', 'dev', '10.96.14.31'), service('svc2', 'acc', '10.96.77.8')];
  test.each<[string, string, readonly string[], string, string]>([
    ['ent.yaml gives ent its name', 'ent', [client, manifest('ent.yaml')], '1', '2'],
    ['mysql-pod.yaml gives one pod a name', 'mysql-pod.mysql-h.default.svc.cluster.local.', [client, manifest('mysql-pod.yaml')], '1', '2'],
    ['billing.yaml leads outside', 'billing', [client, manifest('billing.yaml')], '1', '2'],
    ['checkout.yaml asks for an outside name as typed first', 'api.github.com', [manifest('checkout.yaml')], '1', '2'],
    ['svc3.yaml finds svc1 with the fourth name', 'svc1', [manifest('svc3.yaml'), ...apart], '4', '8'],
    ['svc3.yaml finds svc2 with the fifth', 'svc2', [manifest('svc3.yaml'), ...apart], '5', '10'],
    ['svc3.yaml makes an outside name cost twelve queries', 'api.github.com', [manifest('svc3.yaml'), ...apart], '6', '12'],
  ])('%s', (_, name, objects, names, queries) => {
    for (const library of libraries) {
      const facts = lookUp(name, objects, library);
      expect(facts).toMatchObject({ 'Names asked': names, Queries: queries });
      expect(facts.Result).toMatch(/\d+\.\d+\.\d+\.\d+/);
    }
  });
});
