/** A NetworkPolicy of networking.k8s.io/v1, as written. */
export interface NetworkPolicy {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: NetworkPolicySpec;
}

export interface NetworkPolicySpec {
  /** Absent or empty: all pods of the namespace. */
  readonly podSelector?: PolicySelector;
  /** Absent: Ingress, and Egress too if there are egress rules. */
  readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[] | null;
  readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[] | null;
}

export interface PolicySelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** Pods by labels, or addresses by block; never both in one peer. */
export interface PolicyPeer {
  readonly podSelector?: PolicySelector;
  readonly namespaceSelector?: PolicySelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyPort {
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /** A number, or the name of a container port of the pod that is reached. Absent: all ports. */
  readonly port?: number | string;
  readonly endPort?: number;
}
