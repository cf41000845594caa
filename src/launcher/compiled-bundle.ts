import { readFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/** A file of the build, compiled. */
export interface CompiledBundle {
  readonly file: string;
  readonly script: vm.Script;
  /** Runs it, once, and gives back what it exports. */
  run(): unknown;
}

const bundles = new Map<string, CompiledBundle>();

/** Every file that was loaded so far. */
export function loadedBundles(): readonly CompiledBundle[] {
  return [...bundles.values()];
}

/**
 * Compiles a file of the build, a CommonJS module; the files that it requires beside it are loaded in the same way. Beside
 * each may lie the code that V8 compiled for it in an earlier run (`make-compiled.ts`); V8 takes that only if it is of this
 * very version, and then most of the time to start is saved. Without it everything works the same.
 */
export function compileBundle(file: string): CompiledBundle {
  const known = bundles.get(file);
  if (known) return known;
  const compiled = compiledCode(file);
  const script = new vm.Script(Module.wrap(readFileSync(file, 'utf8')), {
    filename: file,
    ...(compiled && { cachedData: compiled }),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const bundle = { file, script, run: runOnce(file, script) };
  bundles.set(file, bundle);
  return bundle;
}

function runOnce(file: string, script: vm.Script): () => unknown {
  let module: { exports: unknown } | undefined;
  const folder = path.dirname(file);
  const fromNode = Module.createRequire(file);
  function require(name: string): unknown {
    return name.startsWith('./') ? compileBundle(path.join(folder, name)).run() : fromNode(name);
  }
  return () => {
    if (!module) {
      module = { exports: {} };
      script.runInThisContext()(module.exports, require, module, file, folder);
    }
    return module.exports;
  };
}

/** Where the compiled code of a file lies. */
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
