export { consistencyPrograms, expectConsistent } from './consistency.ts';
export { contentOf, descriptorOf, isDataFile, noise, prose, sampleFiles, slashed } from './sample-files.ts';
