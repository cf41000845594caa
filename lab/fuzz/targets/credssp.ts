import {
  askForChallenge,
  type Credssp,
  readChallenge,
  readNegTokenResp,
  readTsRequest,
} from '../../../src/wire/credssp/index.ts';
import {
  acceptIncomplete,
  answerOfWindows,
  challengeOfFreerdpTests,
  challengeOfNtlmV2,
  challengeOfPyspnego,
  errorCode,
  fromHex,
  hintOfPyspnego,
  negoTokens,
  negTokenResp,
  ntlmMechanism,
  responseToken,
  tsRequest,
} from '../../../src/wire/credssp/messages.fixture.ts';
import { type Arrival, Inbox } from '../../../src/wire/dialogue.ts';
import type { FuzzTarget } from '../target.ts';

const inSpnego = negTokenResp(acceptIncomplete, ntlmMechanism, responseToken(challengeOfNtlmV2));

/**
 * TSRequests, NegTokenResps and CHALLENGEs. The dialogue sees each input alone and as the token of a sound TSRequest,
 * so that mutations get past the DER; it must take all of them and send nothing after its first message. The reader of
 * what the input looks like sees it too.
 */
export const target: FuzzTarget = {
  name: 'credssp',
  seeds: () => [
    answerOfWindows,
    tsRequest(negoTokens(inSpnego), errorCode('0204c000006d'), fromHex('a5030401aa')),
    hintOfPyspnego,
    inSpnego,
    challengeOfFreerdpTests,
    challengeOfNtlmV2,
    challengeOfPyspnego,
    Buffer.concat([fromHex('3084'), fromHex('00003e80'), Buffer.alloc(16_000, fromHex('3080'))]),
  ],
  run(input) {
    const outcomes = [talk(input), talk(tsRequest(negoTokens(input.subarray(0, 16_000))))];
    return [outcomes, reader(input)(input)];
  },
};

function reader(input: Buffer): (bytes: Uint8Array) => unknown {
  if (input[0] === 0x30) return readTsRequest;
  return input[0] === 0xa1 ? readNegTokenResp : readChallenge;
}

// In two pieces, cut where its own bytes say.
function talk(input: Buffer): Credssp {
  const cut = (input.at(-1) ?? 0) % (input.length + 1);
  const arrivals: Arrival[] = [
    { kind: 'bytes', bytes: input.subarray(0, cut), at: 1 },
    { kind: 'bytes', bytes: input.subarray(cut), at: 2 },
    { kind: 'closed', at: 3 },
  ];
  const dialogue = askForChallenge(new Inbox());
  dialogue.next();
  for (const arrival of arrivals) {
    const step = dialogue.next(arrival);
    if (step.done) return step.value;
    if (step.value.length > 0) throw new Error('it sent a second message');
  }
  throw new Error('it waits after the end');
}
