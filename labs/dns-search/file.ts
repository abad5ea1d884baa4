import { podDns, type PodDns } from '../engine/kubelet/pod-dns.ts';
import { readHostResolvConf } from '../engine/kubelet/read-host-resolv-conf.ts';
import type { DroppedEntry } from '../engine/kubelet/resolv-entries.ts';
import type { Input } from './input.ts';

/** One line of the pod's resolv.conf with its reasons. */
export interface FileLine {
  readonly number: number;
  readonly text: string;
  /** Who put it there, in a word or two. */
  readonly short: string;
  readonly because: string;
  /** Word by word, where the line has several. */
  readonly steps: readonly string[];
}

/** The pod's /etc/resolv.conf and where it comes from. */
export interface ResolvFile {
  /** The learner's text instead of the kubelet's. */
  readonly pasted: boolean;
  /** null: there is no file. */
  readonly text: string | null;
  readonly lines: readonly FileLine[];
  readonly dropped: readonly DroppedEntry[];
  readonly servers: readonly string[];
  /** Why there is no file, or what the kubelet said about the pod. */
  readonly missing: string;
  readonly events: readonly string[];
}

const origins = { kubelet: 'the kubelet', node: 'the node’s file', pod: 'the pod’s dnsConfig' } as const;

/** What the kubelet decides for the pod. */
export function kubeletDns(input: Input): PodDns {
  const { pod, network } = input;
  return podDns({
    pod,
    namespace: pod.metadata.namespace ?? 'default',
    clusterDns: network.clusterDns,
    clusterDomain: network.clusterDomain,
    hostResolvConf: network.nodeResolvConf,
  });
}

function kubeletLines(dns: PodDns): readonly FileLine[] {
  return dns.lines.map(({ text, entries }, index) => {
    const by = [...new Set(entries.map((entry) => origins[entry.by]))];
    const [first] = entries;
    return {
      number: index + 1,
      text,
      short: `by ${by.join(' and ')}`,
      because: entries.length === 1 && first !== undefined ? `${first.text}: ${first.because}` : `Written by ${by.join(' and ')}, word by word:`,
      steps: entries.length === 1 ? [] : entries.map((entry) => `${entry.text}: ${entry.because}`),
    };
  });
}

function pastedLines(text: string): readonly FileLine[] {
  const lines = text.replace(/\n$/u, '').split('\n');
  return lines.map((line, index) => ({ number: index + 1, text: line, short: '', because: 'You wrote this line.', steps: [] }));
}

/** The file that the program’s library reads. */
export function fileOf(input: Input): ResolvFile {
  const { pastedResolvConf: pasted } = input;
  if (pasted !== null) {
    const servers = readHostResolvConf(pasted).servers.map(({ text }) => text);
    return { pasted: true, text: pasted, lines: pastedLines(pasted), dropped: [], servers: servers.slice(0, 3), missing: '', events: [] };
  }
  const dns = kubeletDns(input);
  const { dropped, events, servers, error } = dns;
  if (error !== undefined) return { pasted: false, text: null, lines: [], dropped, servers: [], missing: `The pod does not start: ${error}`, events };
  return { pasted: false, text: dns.text, lines: kubeletLines(dns), dropped, servers, missing: '', events };
}

/** What the file asks for, as far as feedback needs it. The C libraries read it by rules of their own. */
export function settingsOf(input: Input): { readonly servers: readonly string[]; readonly searches: readonly string[]; readonly ndots: number } {
  const { servers, searches, options } = readHostResolvConf(fileOf(input).text ?? '');
  const ndots = options.map(({ text }) => /^ndots:(\d+)$/u.exec(text)?.[1]).findLast((value) => value !== undefined);
  return { servers: servers.map(({ text }) => text), searches: searches.map(({ text }) => text), ndots: ndots === undefined ? 1 : Number(ndots) };
}
