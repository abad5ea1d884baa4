import { expect, test } from 'vitest';
import { runCommands, terminalSource } from './terminal.ts';

const terminal = { default: (state: unknown, command: string) => (command === 'date' ? `${String(state)}\n\n` : undefined), commands: ['date'] };

test('a terminal prints what the lab says, without the last line ends', () => {
  expect(runCommands(terminal, 'noon', ['date'], 'clock')).toEqual([{ command: 'date', output: 'noon' }]);
});

test.each([
  ['an unknown command', terminal, ['dtae'], /clock" does not know the command "dtae"\. It knows: date/],
  ['no commands', terminal, [], /no commands/],
  ['a lab without a terminal', undefined, ['date'], /no terminal\.ts/],
])('%s stops the build', (_, given, commands, message) => {
  expect(() => runCommands(given, 'noon', commands, 'clock')).toThrow(message);
});

test('a terminal is filled from a lab or from a recording', () => {
  expect(terminalSource({ lab: 'a', scenario: 'b', commands: ['date'] })).toEqual({ kind: 'lab', lab: 'a', scenario: 'b', commands: ['date'] });
  expect(terminalSource({ recording: 'a', commands: ['date'] })).toEqual({ kind: 'recording', recording: 'a', commands: ['date'] });
});

test.each([
  ['both', { lab: 'a', scenario: 'b', recording: 'c', commands: ['date'] }, /either a lab or a recording/],
  ['neither', { commands: ['date'] }, /either a lab or a recording/],
  ['a lab without a scenario', { lab: 'a', commands: ['date'] }, /no scenario/],
  ['an output that somebody typed', { lab: 'a', scenario: 'b', commands: ['date'], output: 'noon' }, /and no output/],
])('a terminal of %s stops the build', (_, props, message) => {
  expect(() => terminalSource(props)).toThrow(message);
});
