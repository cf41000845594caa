/** What `--help` says, and what is said of a command that was used wrongly. */
export const cli = {
  'cli.description':
    'Finds out why a Windows machine answers Remote Desktop with "An internal error has occurred".',
  'cli.diagnose': 'Says what prevents Remote Desktop, from an OS disk alone. Writes nothing.',
  'cli.diagnose.disk': 'disk image (raw, VHD, VHDX, qcow2), block device, or http(s) URL of an image',
  'cli.diagnose.json': 'print one JSON object that follows docs/report.schema.json',
  'cli.diagnose.volume': 'examine only the Windows on this partition',
  'cli.diagnose.follow-parent': "read a differencing image's parent outside the image's own folder too",
  'cli.diagnose.exit-codes': 'Exit codes: 0 no fault found, 1 a fault found, 2 wrong use, 3 not examined.',
  'cli.partition-number': 'It must be the number of a partition.',
};
