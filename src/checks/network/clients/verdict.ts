import type { Answer } from '../../../model/answer.ts';
import type {
  NegotiationMatrix,
  NlaAttempt,
  PresentedChain,
  Reachability,
  SettingsAttempt,
  TlsSupport,
  VersionSuites,
} from '../../../model/endpoint.ts';
import type { Text } from '../../../text/index.ts';
import type { ClientName } from './client.ts';

/** What was seen of an endpoint, as far as clients are judged by it. */
export interface SeenEndpoint {
  readonly reachability: Answer<Reachability>;
  readonly negotiation: Answer<NegotiationMatrix>;
  readonly tls: Answer<TlsSupport>;
  readonly suites: Answer<readonly VersionSuites[]>;
  readonly certificate: Answer<PresentedChain>;
  readonly nla: Answer<NlaAttempt>;
  readonly settings?: Answer<SettingsAttempt>;
}

export type Phase = 'tcp' | 'negotiation' | 'tls' | 'certificate' | 'credssp';

/** What becomes of a client at an endpoint. `connects`: it gets as far as signing in. */
export interface ClientVerdict {
  readonly client: ClientName;
  readonly outcome: 'connects' | 'fails' | 'unknown';
  /** Where it fails, or where it could not be told; undefined for a client that connects. */
  readonly phase: Phase | undefined;
  readonly reason: Text;
  /** Whether it rests on something of the client that is neither documented nor measured, or was inferred. */
  readonly believed: boolean;
  /** The observation that it rests on, as a person would look it up. */
  readonly where: string;
}

/** Why a client goes no further, or why that cannot be told. */
export interface Stop {
  readonly outcome: 'fails' | 'unknown';
  readonly phase: Phase;
  readonly reason: Text;
  readonly believed: boolean;
  readonly where: string;
}

/** It goes on. */
export interface Pass {
  readonly outcome: 'passes';
  readonly believed: boolean;
}
