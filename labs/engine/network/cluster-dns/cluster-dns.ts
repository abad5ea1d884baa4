import type { Answer, QueryType, ResourceRecord, Transport } from '../resolver/types.ts';
import { autopathReply } from './autopath.ts';
import type { Rule, ServerContext } from './backend.ts';
import { matchingZone } from './entries.ts';
import type { PluginQuery } from './entries.ts';
import { kubernetesReply } from './kubernetes-plugin.ts';
import { balance } from './load-balance.ts';
import { fitMessage } from './message-size.ts';
import { absolute, whyNotEncodable } from './names.ts';
import type { Reply } from './reply.ts';
import type { ClusterDnsSettings } from './settings.ts';
import { forward } from './upstream.ts';
import { indexView } from './view.ts';
import type { ClusterView } from './view.ts';

/** A question to the cluster DNS. */
export interface ClusterDnsQuery {
  /** With or without its final dot: on the wire all names are absolute. */
  readonly qname: string;
  readonly qtype: QueryType;
  /** The pod that asks; autopath needs it. */
  readonly clientAddress?: string;
  /** UDP payload size of the OPT record; absent: no EDNS. */
  readonly edns?: number;
  readonly transport: Transport;
}

export interface ClusterDnsAnswer {
  readonly answer: Answer;
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
  /** Which rule answered. */
  readonly rule: Rule;
  /** Why the answer is this one, or why the name does not exist. */
  readonly because: string;
  /** How long CoreDNS itself waited for resolvers that do not answer. */
  readonly waitMs: number;
}

/** A CoreDNS with its Corefile and its view of the cluster. */
export interface ClusterDns {
  readonly answer: (query: ClusterDnsQuery) => ClusterDnsAnswer;
}

/** Everything the parts of the server share, with the view indexed. */
export function serverContext(view: ClusterView, settings: ClusterDnsSettings): ServerContext {
  return { index: indexView(view), settings, zone: absolute(settings.zone) };
}

function forwardReply(context: ServerContext, { qname, qtype }: PluginQuery): Reply {
  const { rcode, records, waitMs, because } = forward(context.settings, qname, qtype);
  return { rcode, authoritative: false, recursionAvailable: true, answer: records, authority: [], additional: [], rule: 'forward', because, waitMs };
}

/** The plugin chain behind autopath: kubernetes, then forward. */
function serve(context: ServerContext, query: PluginQuery): Reply {
  const zone = matchingZone(context, query.name);
  if (zone === undefined) return forwardReply(context, query);
  return kubernetesReply(context, zone, query) ?? forwardReply(context, query);
}

function malformed(query: PluginQuery, because: string): Reply {
  const nothing = { answer: [], authority: [], additional: [] };
  return {
    rcode: 'FORMERR',
    authoritative: false,
    recursionAvailable: false,
    ...nothing,
    rule: 'malformed',
    because: `${because}: ${query.qname.slice(0, 60)} cannot be asked`,
    waitMs: 0,
  };
}

// The cache plugin keeps even a TTL of 0 for 5 s (its smallest), and hands out the smallest TTL of a message for all its records.
const cacheSecondsMin = 5;

function capTtl(reply: Reply, cacheSeconds: number): Reply {
  if (cacheSeconds === 0) return reply;
  const all = [...reply.answer, ...reply.authority, ...reply.additional];
  const lowest = Math.min(cacheSeconds, ...all.map(({ ttlSeconds }) => ttlSeconds));
  const ttlSeconds = Math.max(cacheSecondsMin, lowest);
  const cap = (records: readonly ResourceRecord[]): readonly ResourceRecord[] => records.map((record) => ({ ...record, ttlSeconds }));
  return { ...reply, answer: cap(reply.answer), authority: cap(reply.authority), additional: cap(reply.additional) };
}

function inOrder(reply: Reply, seed: number | undefined, key: string): Reply {
  if (seed === undefined || reply.rcode !== 'NOERROR') return reply;
  return {
    ...reply,
    answer: balance(reply.answer, seed, key),
    authority: balance(reply.authority, seed, key),
    additional: balance(reply.additional, seed, key),
  };
}

/** The reply as it leaves the server, except for its size: TTLs capped, addresses shuffled. */
export function finished(context: ServerContext, query: PluginQuery, clientAddress?: string): Reply {
  const why = whyNotEncodable(query.qname);
  if (why !== undefined) return malformed(query, why);
  const ask = (asked: PluginQuery): Reply => serve(context, asked);
  const reply = autopathReply(context, query, clientAddress, ask) ?? ask(query);
  return inOrder(capTtl(reply, context.settings.cacheSeconds), context.settings.shuffleSeed, `${query.name} ${query.qtype}`);
}

/**
 * A CoreDNS that knows the objects of `view` and is configured by `settings`. Pure: the same question always has the same answer, for random order
 * another seed has to be set. Never throws, for any name.
 * // Models the server of the Corefile that kubeadm writes: autopath, cache (TTLs only), kubernetes, forward, loadbalance
 */
export function clusterDns(view: ClusterView, settings: ClusterDnsSettings): ClusterDns {
  const context = serverContext(view, settings);
  return {
    answer: (query) => {
      const qname = query.qname.endsWith('.') ? query.qname : `${query.qname}.`;
      const reply = finished(context, { qname, name: qname.toLowerCase(), qtype: query.qtype }, query.clientAddress);
      const { edns, transport } = query;
      const fitted = fitMessage(qname, reply, { transport, ...(edns === undefined ? {} : { edns }) });
      const answer: Answer = {
        rcode: reply.rcode,
        truncated: fitted.truncated,
        authoritative: reply.authoritative,
        recursionAvailable: reply.recursionAvailable,
        records: fitted.answer,
        edns: edns !== undefined,
        sizeBytes: fitted.sizeBytes,
        because: reply.because,
      };
      return { answer, authority: fitted.authority, additional: fitted.additional, rule: reply.rule, because: reply.because, waitMs: reply.waitMs };
    },
  };
}
