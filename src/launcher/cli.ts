#!/usr/bin/env node
import path from 'node:path';
import { compileBundle } from './compiled-bundle.ts';

compileBundle(path.join(__dirname, 'program.js')).run();
