import { readFileSync } from 'node:fs';
import { readScenario } from '../reading/scenario.ts';
import { reduce, start } from './acts.ts';
import type { Input } from './input.ts';
import type { PartId } from './parts.ts';
import reader from './read.ts';
import type { State } from './state.ts';
import { next } from './steps.ts';

type Texts = Readonly<Record<PartId, string>>;

/** For tests: the cluster of the expected address pairs: checkout, Service cart with a near and a far pod, and a node port. */
export const cartObjects = (service = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: checkout, labels: { app: checkout } }
spec: { nodeName: node-a, containers: [{ name: app }] }
status: { podIP: 10.244.1.5 }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-1, labels: { app: cart } }
spec: { nodeName: node-a, containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
status: { podIP: 10.244.1.9 }
---
apiVersion: v1
kind: Pod
metadata: { name: cart-2, labels: { app: cart } }
spec: { nodeName: node-b, containers: [{ name: app, ports: [{ containerPort: 8080 }] }] }
status: { podIP: 10.244.2.7 }
---
apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  type: NodePort
  clusterIP: 10.96.0.50
${service}
  selector: { app: cart }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
`;

/** For tests: what texts mean. */
export function inputOf(texts: Partial<Texts>): Input {
  const result = reader.read({ objects: '', network: '', call: '', ...texts });
  if (!result.ok) throw new Error(result.errors.map(({ part, message }) => `${part}: ${message}`).join('; '));
  return result.input;
}

/** For tests: plays until nothing more happens. */
export function settled(state: State): State {
  let current = state;
  for (let action = next(current); action !== undefined; action = next(current)) current = reduce(current, action);
  return current;
}

/** For tests: a packet at its end. */
export function settledTexts(texts: Partial<Texts>, seed = 1): State {
  return settled(start(inputOf(texts), seed));
}

/** For tests: the texts of a scenario of this lab. */
export function textsOf(scenario: string): Texts {
  const result = readScenario(readFileSync(new URL(`scenarios/${scenario}.yaml`, import.meta.url), 'utf8'));
  if (!result.ok) throw new Error(result.message);
  const { objects = '', network = '', call = '' } = result.scenario.texts;
  return { objects, network, call };
}
