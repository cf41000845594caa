import net from 'node:net';

/** The connections that this process opened while it was watched. */
export interface WatchedSockets extends Disposable {
  /** Where to: `127.0.0.1:3389`. */
  readonly places: ReadonlySet<string>;
  /** The most that were open, or on the way, to a place at once. */
  mostTo(place: string): number;
  /** How many are open now. */
  readonly open: number;
}

/** Watches `net.connect`. A socket counts until it is destroyed, which is when the system closes it. */
export function watchSockets(): WatchedSockets {
  const { connect } = net;
  const open = new Map<string, number>();
  const most = new Map<string, number>();
  const count = (place: string, change: number) => {
    const now = (open.get(place) ?? 0) + change;
    open.set(place, now);
    most.set(place, Math.max(most.get(place) ?? 0, now));
  };
  net.connect = ((options: net.TcpNetConnectOpts) => {
    const place = `${options.host}:${options.port}`;
    const socket = connect(options);
    const { _destroy } = socket;
    socket._destroy = (...args) => {
      count(place, -1);
      _destroy.apply(socket, args);
    };
    count(place, 1);
    return socket;
  }) as typeof net.connect;
  return {
    get places() {
      return new Set(most.keys());
    },
    mostTo: (place) => most.get(place) ?? 0,
    get open() {
      return [...open.values()].reduce((sum, one) => sum + one, 0);
    },
    [Symbol.dispose]() {
      net.connect = connect;
    },
  };
}
