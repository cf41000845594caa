import type { SecurityDescriptor } from '../formats/security-descriptor/index.ts';
import type { Answer } from './answer.ts';
import type { StoredCertificate } from './certificate.ts';
import type {
  ExpectedCertificate,
  NegotiationMatrix,
  NlaAttempt,
  PresentedChain,
  Reachability,
  Repeats,
  SettingsAttempt,
  TlsSupport,
  VersionSuites,
} from './endpoint.ts';
import type { RegistryKey, RegistryValue } from './registry.ts';

/**
 * One typed thing to ask of a machine. Registry keys are named below HKEY_LOCAL_MACHINE, with
 * `SYSTEM\CurrentControlSet` for the control set that Windows will start with, whatever its number.
 */
export type Question =
  | { readonly kind: 'registry-value'; readonly key: string; readonly name: string }
  /** A key with its values; `depth` levels of keys below it come with theirs, those further down are left out. */
  | { readonly kind: 'registry-key'; readonly key: string; readonly depth: number }
  | { readonly kind: 'registry-key-security'; readonly key: string }
  /** A file's or folder's descriptor; the path is below the system drive: `ProgramData\Microsoft`. */
  | { readonly kind: 'file-security'; readonly path: string }
  /** The certificates of a machine store (`Remote Desktop`, `My`), with the files of their private keys. */
  | { readonly kind: 'certificates'; readonly store: string }
  /** What a client sees of the machine over the network, phase by phase. `absent`: asked, and it does not offer it. */
  | { readonly kind: EndpointQuestionKind };

export type EndpointQuestionKind =
  | 'endpoint-reachability'
  | 'endpoint-negotiation'
  | 'endpoint-tls'
  | 'endpoint-cipher-suites'
  | 'endpoint-certificate'
  /** CredSSP up to the CHALLENGE. */
  | 'endpoint-nla'
  /** MCS Connect, where no sign-in comes before it. */
  | 'endpoint-settings'
  /** Like questions asked again. */
  | 'endpoint-repeats'
  /** Which certificate it should present, where a disk or the user says so. */
  | 'endpoint-expected-certificate';

/** From where a machine is looked at. */
export type Vantage = 'disk' | 'endpoint';

/** The vantage that can answer a question. */
export function vantageOf({ kind }: Question): Vantage {
  return kind.startsWith('endpoint-') ? 'endpoint' : 'disk';
}

/** What a known answer to each kind of question holds. */
export interface AnswerValues {
  'registry-value': RegistryValue;
  'registry-key': RegistryKey;
  'registry-key-security': SecurityDescriptor;
  'file-security': SecurityDescriptor;
  certificates: readonly StoredCertificate[];
  'endpoint-reachability': Reachability;
  'endpoint-negotiation': NegotiationMatrix;
  'endpoint-tls': TlsSupport;
  'endpoint-cipher-suites': readonly VersionSuites[];
  'endpoint-certificate': PresentedChain;
  'endpoint-nla': NlaAttempt;
  'endpoint-settings': SettingsAttempt;
  'endpoint-repeats': Repeats;
  'endpoint-expected-certificate': ExpectedCertificate;
}

export type QuestionOf<Kind extends Question['kind']> = Kind extends EndpointQuestionKind
  ? { readonly kind: Kind }
  : Extract<Question, { kind: Kind }>;

/** A check's questions by the names that it gives them. */
export type Questions = Readonly<Record<string, Question>>;

export type AnswerTo<Q extends Question> = Answer<AnswerValues[Q['kind']]>;

/** The answers to a check's questions, by the same names. */
export type Answers<Q extends Questions> = { readonly [Name in keyof Q]: AnswerTo<Q[Name]> };

export function registryValue(key: string, name: string): QuestionOf<'registry-value'> {
  return { kind: 'registry-value', key, name };
}

export function registryKey(key: string, depth = 0): QuestionOf<'registry-key'> {
  return { kind: 'registry-key', key, depth };
}

export function registryKeySecurity(key: string): QuestionOf<'registry-key-security'> {
  return { kind: 'registry-key-security', key };
}

export function fileSecurity(path: string): QuestionOf<'file-security'> {
  return { kind: 'file-security', path };
}

export function certificates(store: string): QuestionOf<'certificates'> {
  return { kind: 'certificates', store };
}

/** `endpointQuestion('endpoint-tls')`: what a client sees of one phase. */
export function endpointQuestion<Kind extends EndpointQuestionKind>(kind: Kind): { readonly kind: Kind } {
  return { kind };
}

/** The same question has the same name, whoever asks it. */
export function questionName(question: Question): string {
  return JSON.stringify(question, Object.keys(question).sort());
}
