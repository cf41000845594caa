export type { Image, ImageFile, ImageKind, ParentReference } from './image.ts';
export { openImage } from './open.ts';
export type { WritableImage, WritableImageFile } from './writable.ts';
export { openWritableImage } from './writable.ts';
