import { describe, expect, it } from 'vitest';
import { TargetProblem } from '../../model/target-problem.ts';
import { type EndpointName, endpointName, showAddress } from './address.ts';

describe('a target names an endpoint', () => {
  it.each<[target: string, host: string, port: number]>([
    ['server', 'server', 3389],
    ['server:3390', 'server', 3390],
    ['SRV_01.lab.example.', 'srv_01.lab.example.', 3389],
    ['10.0.0.4', '10.0.0.4', 3389],
    ['10.0.0.4:1', '10.0.0.4', 1],
    ['10.0.0.4:65535', '10.0.0.4', 65_535],
    ['[10.0.0.4]:3390', '10.0.0.4', 3390],
    ['::1', '::1', 3389],
    ['[::1]', '::1', 3389],
    ['[::1]:3390', '::1', 3390],
    ['fe80::1%eth0', 'fe80::1%eth0', 3389],
    ['::1:3390', '::1:3390', 3389],
    ['2019-server', '2019-server', 3389],
    ['win-0x7f', 'win-0x7f', 3389],
    ['müller.example', 'xn--mller-kva.example', 3389],
  ])('%s', (target, host, port) => {
    expect(endpointName(target)).toEqual({ host, port } satisfies EndpointName);
  });

  it.each([
    ['', 'nothing'],
    [' server', 'a blank'],
    [':3389', 'no host'],
    ['[::1', 'an open bracket'],
    ['::1]', 'a closed one alone'],
    ['[::1]x', 'something behind the bracket'],
    ['[]:3389', 'empty brackets'],
    ['10.0.0.256', 'a number that is none of an address'],
    ['1.2.3', 'three numbers, which a resolver reads as 1.2.0.3'],
    ['10.1', 'two'],
    ['3389', 'one'],
    ['10.0.0.4.', 'an address with a dot'],
    ['server.5', 'a name that ends in a number'],
    ['0x7f000001', '127.0.0.1 in hex'],
    ['127.0.0.0x1', 'a part of it in hex'],
    ['１０.１', 'digits that are not of ASCII'],
    ['１２７.0.0.1.５', 'five numbers'],
    ['a..b', 'an empty label'],
    ['-server', 'a label that begins with a hyphen'],
    ['server-', 'one that ends with it'],
    [`${'a'.repeat(64)}.example`, 'a label of 64 characters'],
    [`${'a.'.repeat(127)}a`, 'a name of 255'],
    ['a'.repeat(5000), 'a name of 5000'],
    ['user@server', 'a user'],
    ['ser\u0000ver', 'a control character'],
    ['ser\u001b[2Jver', 'an escape sequence'],
    ['ser\u202ever', 'a turn of direction'],
    ['ser\nver', 'a line end'],
  ])('%j is refused: %s', (target) => {
    expect(() => endpointName(target)).toThrow(TargetProblem);
    expect(() => endpointName(target)).toThrow(/neither a name nor an address/);
  });

  it.each([
    '0',
    '65536',
    '99999',
    '100000',
    '',
    ' 1',
    '+1',
    '-1',
    '1e3',
    '0x1',
    '１',
    'rdp',
    '3389:1',
    '3389\n',
  ])('the port %j is refused', (port) => {
    expect(() => endpointName(`server:${port}`)).toThrow(/must be a number from 1 to 65535/);
    expect(() => endpointName(`[::1]:${port}`)).toThrow(/must be a number from 1 to 65535/);
  });

  it('is shown with brackets where it has colons itself', () => {
    expect(showAddress('10.0.0.4', 3389)).toBe('10.0.0.4:3389');
    expect(showAddress('::1', 3389)).toBe('[::1]:3389');
    expect(showAddress('server', 3389)).toBe('server:3389');
  });
});
