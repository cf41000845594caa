import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { serveRanges } from '../lab/http/index.ts';
import { isInstalled } from '../lab/installed.ts';
import { diagnose } from '../src/checks/diagnose.ts';
import { checks } from '../src/checks/index.ts';
import { openDisk } from '../src/sources/disk/index.ts';
import { type BenchImage, makeBenchImage } from './image.ts';
import type { Row } from './table.ts';
import { type Command, timeInTurn } from './time.ts';

/** Preloaded into a run, in a form that takes no memory worth speaking of: says at its end what it took at most. */
const sayPeakMemory = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => console.error("peak-memory", process.resourceUsage().maxRSS * 1024))',
)}`;

const program = path.resolve(import.meta.dirname, '../dist/cli.js');
const gibibyte = 1024 ** 3;
const runs = 15;
/** A diagnosis that finds a fault ends with 1. */
const diagnosed = [0, 1];

/** Everything that is measured of a diagnosis of a disk. */
export async function diskRows(folder: string): Promise<Row[]> {
  mkdirSync(folder, { recursive: true });
  const clean = makeBenchImage(path.join(folder, 'clean-10g.raw'), 10 * gibibyte, 'win7.SYSTEM');
  const dirty = makeBenchImage(path.join(folder, 'dirty-10g.raw'), 10 * gibibyte, 'win10-dirty.SYSTEM');
  const large = makeBenchImage(path.join(folder, 'clean-127g.raw'), 127 * gibibyte, 'win7.SYSTEM');
  return [
    startUp(),
    ...againstPeers(clean, folder),
    wholeTime(dirty),
    memory(clean, 'clean hives'),
    memory(dirty, 'dirty hive with logs'),
    ...(await bytesRead(large)),
    ...(await overHttp(clean)),
  ];
}

function diagnosis(image: BenchImage): Command {
  return {
    name: 'rdpmend diagnose',
    run: [process.execPath, program, 'diagnose', image.file],
    succeeds: diagnosed,
  };
}

function startUp(): Row {
  const [ours, nodes] = timeInTurn(
    [
      { name: 'rdpmend --version', run: [process.execPath, program, '--version'] },
      { name: 'node -e 0', run: [process.execPath, '-e', '0'] },
    ],
    runs,
  );
  return ratioRow('start-up', ours, nodes, 1.5);
}

function againstPeers(image: BenchImage, folder: string): Row[] {
  if (!isInstalled('icat') || !isInstalled('hivexget')) {
    return [{ what: 'diagnosis beside icat and hivexget', measured: 'not measured: not installed', aim: '' }];
  }
  const hive = path.join(folder, 'extracted.hive');
  const inode = spawnSync('ifind', [
    '-o',
    `${image.volumeSector}`,
    '-n',
    'Windows/System32/config/SYSTEM',
    image.file,
  ]);
  const script = `icat -o ${image.volumeSector} '${image.file}' ${inode.stdout.toString().trim()} > '${hive}' && hivexget '${hive}' 'ControlSet001\\Control\\Terminal Server' fDenyTSConnections`;
  const peers: Command[] = [{ name: 'icat and hivexget', run: ['sh', '-c', script] }];
  const [ours, icat] = timeInTurn([diagnosis(image), ...peers], runs);
  rmSync(hive, { force: true });
  return [
    ratioRow(`diagnosis of 10 GiB, ${image.hive}`, ours, icat, 1),
    besideVirtWinReg(image, ours?.median ?? 0),
  ];
}

function besideVirtWinReg(image: BenchImage, ours: number): Row {
  const what = 'diagnosis beside virt-win-reg reading one value';
  if (!isInstalled('virt-win-reg'))
    return { what, measured: 'not measured: not installed', aim: '100 times faster' };
  const key = 'HKLM\\SYSTEM\\ControlSet001\\Control\\Terminal Server';
  const [theirs] = timeInTurn(
    [{ name: 'virt-win-reg', run: ['virt-win-reg', image.file, key, 'fDenyTSConnections'] }],
    1,
  );
  const ratio = (theirs?.median ?? Number.NaN) / ours;
  return {
    what,
    measured: `${milliseconds(ours)} beside ${milliseconds(theirs?.median ?? Number.NaN)}: ${ratio.toFixed(0)} times faster`,
    aim: '100 times faster',
  };
}

function wholeTime(image: BenchImage): Row {
  const [ours] = timeInTurn([diagnosis(image)], runs);
  return {
    what: `diagnosis of 10 GiB, ${image.hive}`,
    measured: milliseconds(ours?.median ?? Number.NaN),
    aim: '',
  };
}

function memory(image: BenchImage, what: string): Row {
  const { stderr } = spawnSync(process.execPath, [
    '--import',
    sayPeakMemory,
    program,
    'diagnose',
    image.file,
  ]);
  const bytes = Number(/peak-memory (\d+)/.exec(stderr.toString())?.[1]);
  return { what: `peak memory, ${what}`, measured: mebibytes(bytes), aim: 'under 150 MiB' };
}

async function bytesRead(image: BenchImage): Promise<Row[]> {
  const { statistics } = await inProcess(image.file);
  return [
    {
      what: 'read from 127 GiB, clean hives',
      measured: `${mebibytes(statistics.bytesRead)} in ${statistics.reads} reads`,
      aim: 'at most 8 MiB',
    },
  ];
}

async function overHttp(image: BenchImage): Promise<Row[]> {
  const server = await serveRanges(image.file, { latency: 20 });
  try {
    const start = performance.now();
    await exitOf(spawn(process.execPath, [program, 'diagnose', server.url], { stdio: 'ignore' }));
    const took = performance.now() - start;
    const { statistics } = await inProcess(server.url);
    return [
      {
        what: 'over HTTP, 20 ms added to each request',
        measured: `${statistics.rounds} rounds, ${statistics.reads} requests, ${mebibytes(statistics.bytesRead)}, ${milliseconds(took)}`,
        aim: 'at most 40 rounds, 8 MiB',
      },
    ];
  } finally {
    await server.close();
  }
}

function exitOf(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
}

async function inProcess(target: string) {
  const disk = await openDisk(target);
  try {
    for (const machine of disk.machines) await diagnose(machine, checks, new Date());
    return { statistics: { ...disk.statistics } };
  } finally {
    disk.close();
  }
}

function ratioRow(what: string, ours: Timed, theirs: Timed, aim: number): Row {
  if (!ours || !theirs) throw new Error(`nothing was timed for ${what}`);
  const ratio = ours.median / theirs.median;
  const each = [ours, theirs].map(
    ({ name, median, least, most }) =>
      `${name} ${milliseconds(median)} (${least.toFixed(0)} to ${most.toFixed(0)})`,
  );
  return { what, measured: `${each.join(', ')}: ratio ${ratio.toFixed(2)}`, aim: `ratio at most ${aim}` };
}

type Timed = ReturnType<typeof timeInTurn>[number] | undefined;

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
