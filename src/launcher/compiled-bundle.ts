import { readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/** A bundle of the build, compiled. */
export interface CompiledBundle {
  readonly script: vm.Script;
  /** Runs it and gives back what it exports. */
  run(): unknown;
}

/**
 * Compiles a bundle, a CommonJS module. Beside it may lie the code that V8 compiled for it in an earlier run
 * (`make-compiled.ts`); V8 takes that only if it is of this very version, and then most of the time to start is saved.
 * Without it everything works the same.
 */
export function compileBundle(file: string): CompiledBundle {
  const compiled = compiledCode(file);
  const script = new vm.Script(Module.wrap(readFileSync(file, 'utf8')), {
    filename: file,
    ...(compiled && { cachedData: compiled }),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return {
    script,
    run() {
      const module = { exports: {} };
      const require = Module.createRequire(file);
      script.runInThisContext()(module.exports, require, module, file, path.dirname(file));
      return module.exports;
    },
  };
}

/** Where the compiled code of a bundle lies. */
export function compiledFile(file: string): string {
  return file.replace(/\.js$/, '.compiled');
}

function compiledCode(file: string): Buffer | undefined {
  try {
    return readFileSync(compiledFile(file));
  } catch {
    return undefined;
  }
}
