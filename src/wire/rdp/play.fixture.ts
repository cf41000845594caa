import { type Dialogue, type Ending, Inbox } from '../dialogue.ts';

export interface Played<Outcome> {
  readonly outcome: Outcome;
  /** All that the dialogue sent. */
  readonly sent: Buffer;
  /** What it left untaken. */
  readonly left: Uint8Array;
}

/** Plays a dialogue against a server that sends these pieces, whatever it is asked, and then ends in this way. */
export function play<Outcome>(
  start: (inbox: Inbox) => Dialogue<Outcome>,
  pieces: Iterable<Uint8Array>,
  ending: Ending = 'too-late',
): Played<Outcome> {
  const inbox = new Inbox();
  const dialogue = start(inbox);
  const sent: Uint8Array[] = [];
  const remaining = [...pieces];
  let step = dialogue.next();
  while (!step.done) {
    sent.push(step.value);
    const bytes = remaining.shift();
    if (!bytes && inbox.ending) throw new Error('it waits again after the end');
    step = dialogue.next(bytes ? { kind: 'bytes', bytes, at: 1 } : { kind: ending, at: 2 });
  }
  return { outcome: step.value, sent: Buffer.concat(sent), left: inbox.bytes };
}

export function oneByOne(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}
