export const terminalServerKey = 'SYSTEM\\CurrentControlSet\\Control\\Terminal Server';

export const winStationsKey: string = `${terminalServerKey}\\WinStations`;

/** The listener's own settings. */
export const listenerKey: string = `${winStationsKey}\\RDP-Tcp`;
