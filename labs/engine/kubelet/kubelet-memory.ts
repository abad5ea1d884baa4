import type { View } from '../loop/controller.ts';
import { without, type Json, type JsonObject } from '../patch/json.ts';

/** Why a container could not start, to be reported at the next look, and until when its image is not asked for again. */
export interface StartFailure extends JsonObject {
  readonly reason: string;
  readonly message: string;
  readonly backOffMs: number;
  readonly untilMs: number;
}

/** What the kubelet of a node knows of a pod beyond what it reports. Only pods that wait for something have one. */
export interface PodMemory extends JsonObject {
  readonly uid: string;
  /** Mounts that failed, and when the next try is. */
  readonly mounts?: JsonObject & { readonly failures: number; readonly nextMs: number };
  /** It waits for the attach-detach controller. */
  readonly waitsForAttachment?: true;
  /** A pull that runs. */
  readonly pull?: JsonObject & { readonly container: string; readonly untilMs: number; readonly tookMs: number; readonly waitedMs: number };
  readonly failures?: Readonly<Record<string, StartFailure>>;
  /** When its containers will have stopped by themselves, when they were told to, and whether they do not listen. */
  readonly stop?: JsonObject & { readonly atMs: number; readonly deletedAtMs: number; readonly isKilled: boolean };
}

/** What the kubelet of a node knows. */
export interface NodeMemory extends JsonObject {
  /** When an image is on the node, by full name; in the future while it is being pulled. */
  readonly images: Readonly<Record<string, number>>;
  /** How many addresses of the node's range were given out. */
  readonly addresses: number;
  readonly pods: Readonly<Record<string, PodMemory>>;
  /** Set once the node was seen without power: its containers are gone. */
  readonly wasOff?: true;
}

const emptyNode: NodeMemory = { images: {}, addresses: 0, pods: {} };

export type KubeletMemory = Readonly<Record<string, NodeMemory>>;

export function memoryOf({ memory }: View): KubeletMemory {
  return (memory ?? {}) as KubeletMemory;
}

/** What a node's kubelet remembers. */
export function nodeMemory(view: View, node: string): NodeMemory {
  return memoryOf(view)[node] ?? emptyNode;
}

/** The whole memory with a node's changed. */
export function withNode(view: View, node: string, changed: NodeMemory): Json {
  return { ...memoryOf(view), [node]: changed };
}

/** A node's memory with a pod's changed; undefined: forgotten. */
export function withPod(memory: NodeMemory, key: string, pod: PodMemory | undefined): NodeMemory {
  if (pod !== undefined) return { ...memory, pods: { ...memory.pods, [key]: pod } };
  if (memory.pods[key] === undefined) return memory;
  return { ...memory, pods: without(memory.pods, key) as NodeMemory['pods'] };
}
