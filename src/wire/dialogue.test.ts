import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrival, type Dialogue, type Ending, Inbox, nothing, receive, type Taken } from './dialogue.ts';
import { malformed, WireError } from './errors.ts';

const hello = Buffer.from('hello');

/** A message that begins with its own length. */
function takeCounted(bytes: Uint8Array): Taken<string> | undefined {
  const length = bytes[0] ?? 0;
  if (length === 0) throw malformed('an empty message');
  if (bytes.length < length) return undefined;
  return { value: Buffer.from(bytes.subarray(1, length)).toString('latin1'), length };
}

function bytesAt(at: number, ...bytes: number[]): Arrival {
  return { kind: 'bytes', bytes: Uint8Array.from(bytes), at };
}

function dialogueOver(inbox: Inbox, most = 16): Dialogue<unknown> {
  return receive(inbox, hello, takeCounted, most);
}

describe('receive', () => {
  it('sends once, and waits without sending until the message is whole', () => {
    const inbox = new Inbox();
    const dialogue = dialogueOver(inbox);
    expect(dialogue.next(bytesAt(0))).toEqual({ done: false, value: hello });
    expect(dialogue.next(bytesAt(1, 3))).toEqual({ done: false, value: nothing });
    expect(dialogue.next(bytesAt(2, 0x61))).toEqual({ done: false, value: nothing });
    expect(dialogue.next(bytesAt(7, 0x62, 0x63))).toEqual({
      done: true,
      value: { kind: 'whole', value: 'ab', at: 7 },
    });
    expect(inbox.bytes).toEqual(Buffer.of(0x63));
  });

  it('sends nothing where the answer is there already', () => {
    const inbox = new Inbox();
    inbox.accept(bytesAt(5, 2, 0x61));
    expect(dialogueOver(inbox).next(bytesAt(0))).toEqual({
      done: true,
      value: { kind: 'whole', value: 'a', at: 0 },
    });
  });

  it.each<Ending>(['closed', 'reset', 'too-late'])('says that the other side ended: %s', (kind) => {
    const inbox = new Inbox();
    const dialogue = dialogueOver(inbox);
    dialogue.next(bytesAt(0));
    dialogue.next(bytesAt(1, 3, 0x61));
    expect(dialogue.next({ kind, at: 9 })).toEqual({
      done: true,
      value: { kind: 'ended', ending: kind, at: 9 },
    });
    expect(inbox.bytes).toHaveLength(2);
    // What comes after it on the same connection does not wait again, nor does it send.
    expect(dialogueOver(inbox).next(bytesAt(0))).toEqual({
      done: true,
      value: { kind: 'ended', ending: kind, at: 9 },
    });
  });

  it('takes what was whole before the end', () => {
    const inbox = new Inbox();
    inbox.accept(bytesAt(1, 2, 0x61, 2, 0x62));
    inbox.accept({ kind: 'closed', at: 2 });
    expect(dialogueOver(inbox).next(bytesAt(0)).value).toMatchObject({ kind: 'whole', value: 'a' });
    expect(dialogueOver(inbox).next(bytesAt(0)).value).toMatchObject({ kind: 'whole', value: 'b' });
    expect(dialogueOver(inbox).next(bytesAt(0)).value).toMatchObject({ kind: 'ended', ending: 'closed' });
  });

  it('throws what the reader throws', () => {
    const dialogue = dialogueOver(new Inbox());
    dialogue.next(bytesAt(0));
    expect(() => dialogue.next(bytesAt(1, 0))).toThrow(malformed('an empty message'));
  });

  it('refuses more bytes than it was told to wait for', () => {
    const dialogue = dialogueOver(new Inbox(), 3);
    dialogue.next(bytesAt(0));
    expect(dialogue.next(bytesAt(1, 9, 1, 1)).done).toBe(false);
    expect(() => dialogue.next(bytesAt(2, 1))).toThrow(
      new WireError('too-long', 'more than 3 bytes and no end'),
    );
  });

  it('gives the same for any pieces', () => {
    const message = [6, 0x72, 0x64, 0x70, 0x21, 0x21];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 6, maxLength: 6 }), (sizes) => {
        const inbox = new Inbox();
        const dialogue = dialogueOver(inbox);
        let step = dialogue.next(bytesAt(0));
        for (let sent = 0; !step.done; ) {
          const size = sizes.shift() ?? 1;
          step = dialogue.next(bytesAt(1, ...message.slice(sent, sent + size)));
          sent += size;
        }
        expect(step.value).toMatchObject({ kind: 'whole', value: 'rdp!!' });
      }),
    );
  });
});
