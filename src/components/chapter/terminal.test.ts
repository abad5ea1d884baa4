import { expect, test } from 'vitest';
import { runCommands } from './terminal.ts';

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
