import * as rules from '../../labs/reading/name-rules.ts';
import type { ComparedCase } from './comparator.ts';

export interface RecordedNames {
  readonly names?: readonly { readonly in: string }[];
  readonly addresses?: readonly { readonly in: string }[];
}

/** The recorder's names of the rules. */
const nameRules: Readonly<Record<string, rules.NameRule>> = {
  configMapKey: rules.configMapKey,
  dns1035Label: rules.dns1035Label,
  dns1123Label: rules.dnsLabel,
  dns1123Subdomain: rules.dnsSubdomain,
  envVarName: rules.environmentVariableName,
  labelValue: rules.labelValue,
  portName: rules.portName,
  qualifiedName: rules.qualifiedName,
  relaxedEnvVarName: rules.relaxedEnvironmentVariableName,
  wildcardDNS1123Subdomain: rules.wildcardDnsSubdomain,
};

const addressRules: Readonly<Record<string, rules.NameRule>> = { ip: rules.address, cidr: rules.addressRange };

/** All sentences of each rule; Go's empty list is null. */
function judgedName(text: string): Record<string, unknown> {
  const judged = Object.entries(nameRules).map(([name, rule]) => [name, rule(text)] as const);
  return Object.fromEntries(judged.map(([name, sentences]) => [name, sentences.length === 0 ? null : sentences]));
}

/** The recorder put each value into a field with the rule's name. */
function judgedAddress(text: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(addressRules).map(([name, rule]) => [name, rule(text).map((sentence) => `${name}: Invalid value: ${JSON.stringify(text)}: ${sentence}`)]),
  );
}

/** The table `nameValidation`. */
export function comparedNames({ names = [], addresses = [] }: RecordedNames): readonly ComparedCase[] {
  const compare =
    (part: string, judged: (text: string) => unknown) =>
    (expected: { readonly in: string }, index: number): ComparedCase => ({
      id: `nameValidation/${part}/${index + 1}`,
      subject: 'nameValidation',
      expected,
      got: judged(expected.in),
    });
  return [...names.map(compare('names', judgedName)), ...addresses.map(compare('addresses', judgedAddress))];
}
