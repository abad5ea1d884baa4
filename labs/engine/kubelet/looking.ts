import type { PodObject } from '../api/cluster-kinds.ts';
import type { PlannedStep, View } from '../loop/controller.ts';
import type { NodeMemory, PodMemory } from './kubelet-memory.ts';
import type { ContainerStatus } from './pod-status.ts';

/** A look of the kubelet at one pod. */
export interface Looking {
  readonly view: View;
  readonly pod: PodObject;
  /** Namespace and name. */
  readonly key: string;
  readonly memory: NodeMemory;
  /** The present moment as the API writes it. */
  readonly at: string;
  /** Since when an image is on the node by what the Node object says; undefined: it is not. */
  readonly imagesOnNode: (reference: string) => number | undefined;
}

/** What comes of a look. */
export interface Looked {
  readonly containers?: readonly ContainerStatus[];
  readonly initContainers?: readonly ContainerStatus[];
  /** Events, and the last deletion. */
  readonly steps?: readonly PlannedStep[];
  /** What to keep of the pod; absent: nothing. */
  readonly pod?: PodMemory;
  readonly images?: NodeMemory['images'];
  readonly requeueAfterMs?: number;
  /** What it did, in place of the stage's text. */
  readonly text?: string;
  readonly tone?: 'good' | 'bad';
  /** The sandbox is made, or gone; absent: as it was. */
  readonly hasSandbox?: boolean;
  readonly isEnding?: boolean;
  /** Nothing is reported. */
  readonly isReportLeft?: boolean;
}
