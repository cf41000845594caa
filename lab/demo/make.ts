import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { makeImage } from '../images/index.ts';
import { machineDisk } from '../world/disk.ts';
import { demoMachine } from './machine.ts';

// Makes the demo disk again: node lab/demo/make.ts. The same literals give the same disk, byte for byte.

const disk = makeImage('vhd-dynamic', machineDisk(demoMachine()), {
  identity: '7d3f1c52-6a0e-4b7d-9a51-2f6c0d9be011',
});
const packed = zstdCompressSync(disk.file, { params: { [constants.ZSTD_c_compressionLevel]: 19 } });
const file = path.join(import.meta.dirname, 'os-disk.vhd.zst');
writeFileSync(file, packed);
process.stdout.write(`${file}: ${disk.file.length} bytes, packed ${packed.length}\n`);
