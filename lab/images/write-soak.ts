import { fuzz } from '../fuzz/fuzz.ts';
import { runOracle } from '../oracle.ts';
import { temporaryFolder } from './temporary.ts';
import { writeTargets } from './write-fuzz.ts';
import { type WriteKind, writeKinds } from './write-kinds.ts';
import { trialWrites, writeTrial } from './write-trial.ts';

// node lab/images/write-soak.ts [sequences [seed]]: random writes to every kind of image against a model, judged by our reader
// and, where it reads the kind, by QEMU; then as many damaged images.

const [sequences = '20', seed = `${Date.now() % 1_000_000}`] = process.argv.slice(2);
const writesOfSequence = 25;

for (const kind of writeKinds()) {
  const start = performance.now();
  for (let i = 0; i < Number(sequences); i++) soak(kind, Number(seed) + i);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${kind.name}: ${sequences} sequences from seed ${seed}, ${seconds} s\n`);
}
for (const target of writeTargets) {
  const { read, refused } = fuzz({ ...target, budget: 5000 }, Number(sequences), Number(seed));
  process.stdout.write(`${target.name}: ${read} written to, ${refused} refused\n`);
}

function soak({ name, format, disk, file, parent }: WriteKind, number: number): void {
  const trial = writeTrial(file, parent);
  const model = Buffer.from(disk);
  for (const { offset, bytes } of trialWrites(model, writesOfSequence, number)) {
    trial.image.disk.write(offset, bytes);
    bytes.copy(model, offset);
  }
  if (!trial.readBack().equals(model)) throw new Error(`${name}: seed ${number} does not read back`);
  if (format !== undefined) judge(format, trial.file(), model, parent);
}

function judge(format: string, file: Buffer, model: Buffer, parent: Buffer | undefined): void {
  using folder = temporaryFolder();
  const [image, raw] = [folder.write('image', file), folder.write('model', model)];
  if (parent) folder.write('base.raw', parent);
  if (format === 'vhdx' || format === 'qcow2') runOracle('qemu-img', ['check', '-q', '-f', format, image]);
  runOracle('qemu-img', ['compare', '-f', format, '-F', 'raw', image, raw]);
}
