/** What is known of a Windows installation before anything is asked of it. */
export interface Machine {
  /** The product as people call it: `Windows Server 2022 Datacenter`; undefined where it could not be read. */
  readonly windows: string | undefined;
  /** `CurrentBuildNumber`: 20348; undefined where it could not be read. */
  readonly build: number | undefined;
  readonly role: MachineRole | undefined;
  readonly computerName: string | undefined;
  /** The DNS domain that the machine is joined to; '' for none; undefined where it could not be read. */
  readonly domain: string | undefined;
  /** Whether the Remote Desktop Connection Broker is installed. */
  readonly connectionBroker: boolean | undefined;
  /** The control set that Windows starts with: `ControlSet001`. */
  readonly controlSet: string | undefined;
  /** The latest sign of life: the last shutdown, or the last write of the SYSTEM hive; undefined if unreadable. */
  readonly lastRan: Date | undefined;
  /**
   * The partition of its disk, as partitioning tools number it; 0 for a volume without a partition table; undefined where
   * it was not seen on a disk.
   */
  readonly partition: number | undefined;
}

export type MachineRole = 'workstation' | 'server' | 'domain-controller';

/**
 * Builds of Windows that behave alike in all that rdpmend judges, by the first build of each. The client and
 * the server of one family share it.
 */
const families = [
  { firstBuild: 7600, family: '7' },
  { firstBuild: 9200, family: '8' },
  { firstBuild: 9600, family: '8.1' },
  { firstBuild: 10240, family: '10' },
  { firstBuild: 17763, family: '2019' },
  { firstBuild: 20348, family: '2022' },
  { firstBuild: 26100, family: '2025' },
] as const;

/**
 * A family: `7` is 7 and Server 2008 R2, `8` is 8 and 2012, `8.1` is 8.1 and 2012 R2, `10` is 10 up to 1803 and
 * 2016, `2019` is 10 from 1809 and 2019, `2022` is 2022 and 11 up to 23H2, `2025` is 11 from 24H2 and 2025.
 */
export type WindowsFamily = (typeof families)[number]['family'];

/** The family of a build; undefined for one before Windows 7, or where the build is not known. */
export function familyOf(build: number | undefined): WindowsFamily | undefined {
  if (build === undefined) return undefined;
  return families.findLast(({ firstBuild }) => build >= firstBuild)?.family;
}
