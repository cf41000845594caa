export { isUrl, targetName, withoutLinks } from './address.ts';
export { openLocalFile } from './local-file.ts';
export type { OpenedFile, Statistics } from './opened-file.ts';
export { type LocalParents, localParentOpener, type ParentOptions } from './parents.ts';
export type { RemoteOptions } from './remote-file.ts';
export { inRounds, type Outcome } from './rounds.ts';
export { TargetError, type TargetErrorKind } from './target-error.ts';
