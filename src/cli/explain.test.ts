import { afterEach, describe, expect, it, vi } from 'vitest';
import { explanationSchema } from '../explain/schema.ts';
import { explainCommand } from './explain.ts';

function run(words: readonly string[], json = false): { exitCode: number; stdout: string } {
  let stdout = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk);
    return true;
  });
  return { exitCode: explainCommand(words, { json }), stdout };
}

afterEach(() => vi.restoreAllMocks());

describe('rdpmend explain', () => {
  it('ends with 0 and a page for what it knows', () => {
    const { exitCode, stdout } = run(['0x904']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('disconnectReasonAtClientWinsockFDCLOSE');
  });

  it('takes words that were not quoted', () => {
    expect(run(['An', 'internal', 'error', 'has', 'occurred']).stdout).toContain('Words without a reason.');
  });

  it('ends with 3 for what it does not know', () => {
    expect(run(['good', 'morning']).exitCode).toBe(3);
  });

  it('prints one JSON object and nothing else with --json', () => {
    const { exitCode, stdout } = run(['0x904'], true);
    expect(exitCode).toBe(0);
    expect(explanationSchema.parse(JSON.parse(stdout)).answers[0]?.readings[0]?.value).toBe(0x904);
  });

  it('escapes in JSON what could steer a terminal', () => {
    const { stdout } = run(['\u009b2J\u202e0x904'], true);
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(JSON.parse(stdout).input).toBe('\u009b2J\u202e0x904');
  });
});
