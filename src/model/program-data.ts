/** Where Windows notes the folders of its profiles. */
export const profileListKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';

/** The shipped place by any of its names: Windows calls its own drive C: unless it was installed beside another. */
const shippedPlace = /^(%systemdrive%|c:)\\programdata\\?$/i;

/** Whether `ProfileList\\ProgramData` names the folder that Windows ships. */
export function isShippedProgramData(value: string): boolean {
  return shippedPlace.test(value.trim());
}
