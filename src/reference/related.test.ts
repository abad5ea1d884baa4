import { describe, expect, test } from 'vitest';
import { commandList } from './commands.ts';
import { errorMessages } from './error-messages.ts';
import { glossary } from './glossary.ts';
import { ofCommand, ofError, ofTerm } from './relatables.ts';
import { relatedTo, type Relatable } from './related.ts';

const entry = (id: string, chapter: string, says: string, names: readonly string[] = []): Relatable => ({ id, chapter, says, names });
const chosen = (one: Relatable, others: readonly Relatable[], max = 9): readonly string[] => relatedTo(one, others, (each) => each, max).map(({ id }) => id);
const taint = { ...entry('taint', 'scheduling#taints', 'A mark on a node.', ['tolerations']), title: 'Taint' };

test('first what is of the chapter and named, then what is named; a chapter alone relates nothing', () => {
  const others = [
    entry('same-chapter', 'scheduling', 'Nothing of it.'),
    entry('named', 'dns', 'The taints of a node.'),
    entry('both', 'scheduling', 'The node is tainted.'),
    entry('neither', 'dns', 'Nothing.'),
  ];
  expect(chosen(taint, others)).toEqual(['both', 'named']);
  expect(chosen(taint, others, 1)).toEqual(['both']);
});

test('what is of the same heading is related, and equals keep their order', () => {
  const others = [entry('a', 'scheduling#taints', ''), entry('b', 'scheduling', ''), entry('c', 'scheduling#taints', '')];
  expect(chosen(taint, others)).toEqual(['a', 'c']);
});

test('who is named in a message matters more than the chapter', () => {
  const others = [entry('beside', 'scheduling', 'A taint.'), { ...entry('message', 'dns', 'Untolerated taint.'), message: 'untolerated taint' }];
  expect(chosen(taint, others)).toEqual(['message', 'beside']);
});

test('a family is kept together across chapters', () => {
  const image = (id: string, chapter: string, ...family: readonly string[]): Relatable => ({ ...entry(id, chapter, ''), family });
  const others = [image('a', 'dns', 'image'), image('b', 'dns', 'volume'), image('c', 'dns', 'image', 'pull')];
  expect(chosen(image('one', 'pods', 'image', 'pull'), others)).toEqual(['c', 'a']);
});

describe('a command is related to what tells to run it', () => {
  const command: Relatable = { ...entry('can-i', 'rbac', ''), runBy: 'kubectl auth can-i' };
  const telling = (id: string, line: string): Relatable => ({ ...entry(id, 'pods', ''), runs: [line] });
  test('by the words that its line begins with', () => {
    const others = [telling('a', 'kubectl auth can-i list pods'), telling('b', 'kubectl auth'), telling('c', 'kubectl auth can-it'), telling('d', 'sudo ls')];
    expect(chosen(command, others)).toEqual(['a']);
  });
  test('and the other way round, the longer name first', () => {
    const commands: readonly Relatable[] = [{ ...entry('auth', 'rbac', ''), runBy: 'kubectl auth' }, command];
    expect(chosen(telling('a', 'kubectl auth can-i list pods'), commands)).toEqual(['can-i', 'auth']);
  });
});

test.each([
  ['a name inside another word', 'The retainted one'],
  ['a name inside a hyphenated word', 'The taint-manager'],
  ['a name in a command', 'Run `kubectl taint nodes web`'],
  ['another name with a capital of its own', 'Tolerations'],
])('%s is no mention', (_, says) => {
  expect(chosen(taint, [entry('a', 'dns', says)])).toEqual([]);
});

test('a short name counts only within its chapter', () => {
  const pod = { ...entry('pod', 'pods', ''), title: 'Pod' };
  expect(chosen(pod, [entry('a', 'dns', 'A pod.'), entry('b', 'pods', 'None.'), entry('c', 'pods', 'A pod.')])).toEqual(['c']);
});

describe('in the lists of the course', () => {
  const ids = (entries: readonly { readonly id: string }[]): readonly string[] => entries.map(({ id }) => id);
  const ofId = <Entry extends { readonly id: string }>(entries: readonly Entry[], wanted: string): Entry => {
    const found = entries.find(({ id }) => id === wanted);
    if (found === undefined) throw new Error(`no entry ${wanted}`);
    return found;
  };
  const webhook = ofTerm(ofId(glossary(), 'admission-webhook'));
  const refused = ofError(ofId(errorMessages(), 'api-server-refused'));

  test('an admission webhook brings its own errors, and no command of its chapter', () => {
    const errors = ids(relatedTo(webhook, errorMessages(), ofError, 6));
    expect(errors.slice(0, 2).sort()).toEqual(['webhook-denied', 'webhook-failed']);
    expect(errors).not.toContain('certificate-expired');
    const commands = ids(relatedTo(webhook, commandList(), ofCommand, 6));
    expect(commands).not.toContain('kubectl-auth-whoami');
    expect(commands).not.toContain('kubeadm-certs-renew');
  });

  test('an API server that refuses brings what looks at it, not what else troubles', () => {
    const commands = ids(relatedTo(refused, commandList(), ofCommand, 6));
    expect(commands).toContain('crictl-ps');
    expect(commands).not.toContain('kubectl-cp');
    const others = errorMessages().filter(({ id }) => id !== 'api-server-refused');
    expect(ids(relatedTo(refused, others, ofError, 6))).toContain('api-server-timeout');
    for (const id of ['container-creating', 'err-image-pull', 'exit-code-139']) expect(ids(relatedTo(refused, others, ofError, 6))).not.toContain(id);
  });
});
