/** What `--help` says, and what is said of a command that was used wrongly. */
export const cli = {
  'cli.description':
    'Finds out why a Windows machine answers Remote Desktop with "An internal error has occurred".',
  'cli.diagnose':
    'Says what prevents Remote Desktop, from an OS disk, from the network, or from both together. Changes nothing, and sends no credentials.',
  'cli.diagnose.targets':
    'host, host:port or address of a machine (port 3389 unless told); or a disk image (raw, VHD, VHDX, qcow2), block device, or http(s) URL of an image',
  'cli.diagnose.timeout': 'for everything that is asked of an endpoint (default: 8)',
  'cli.diagnose.quick': 'ask an endpoint only what a verdict needs',
  'cli.diagnose.expect-certificate': 'say so if the endpoint presents another certificate',
  'cli.seconds': 'It must be a number of seconds from 1 to 600.',
  'cli.thumbprint': 'It must be a SHA-1 thumbprint: 40 hexadecimal digits.',
  'cli.diagnose.json': 'print one JSON object that follows docs/report.schema.json',
  'cli.diagnose.volume': 'examine only the Windows on this partition',
  'cli.diagnose.follow-parent': "read a differencing image's parent outside the image's own folder too",
  'cli.diagnose.exit-codes': 'Exit codes: 0 no fault found, 1 a fault found, 2 wrong use, 3 not examined.',
  'cli.explain': 'Says what an error number or error text of Remote Desktop means. Connects to nothing.',
  'cli.explain.code': 'what the client showed: 0x904, 2308, STATUS_LOGON_FAILURE, or its words',
  'cli.explain.json': 'print one JSON object that follows docs/explain.schema.json',
  'cli.explain.exit-codes': 'Exit codes: 0 explained, 2 wrong use, 3 unknown.',
  'cli.too-many-targets': 'no more than 16 targets can be examined in one run.',
  'cli.partition-number': 'It must be the number of a partition.',
};
