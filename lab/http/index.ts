export { type Content, fileContent } from './content.ts';
export type { Fault } from './faults.ts';
export { type RangeServer, type SeenRequest, type ServeOptions, serveRanges } from './range-server.ts';
