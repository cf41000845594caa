export type { Image, ImageFile, ImageKind, ParentReference } from './image.ts';
export { openImage } from './open.ts';
