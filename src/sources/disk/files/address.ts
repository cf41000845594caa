import { TargetError } from './target-error.ts';

/** Whether a target is named by an http or https URL rather than a path. */
export function isUrl(target: string): boolean {
  return /^https?:\/\//i.test(target);
}

/**
 * A target's name as it may be shown: a path as it is; of a URL only the scheme, host and path, for the query
 * string, the fragment and the user before the host are secrets. Of a URL that is not valid, where nothing
 * says which part is which, only the scheme; so too of what holds a link and is none itself.
 */
export function targetName(target: string): string {
  if (!isUrl(target) || !URL.canParse(target)) return withoutLinks(target);
  const { protocol, host, pathname } = new URL(target);
  return `${protocol}//${host}${withoutEncodedQuery(pathname)}`;
}

/** Words in which a link may stand, as it happens when a command goes wrong: of every link only the scheme is left. */
export function withoutLinks(words: string): string {
  return words.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\n]*/gi, '$1...');
}

/** A link that was encoded once too often still ends in its secret, behind a `?` or `#` that is encoded. */
function withoutEncodedQuery(pathname: string): string {
  return pathname.replace(/%(?:25)*(?:3f|23).*$/is, '');
}

/** Where a request goes, split so that the secrets never sit in one string with the rest. */
export interface Address {
  readonly secure: boolean;
  /** As the socket wants it: an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number | undefined;
  /** Path and query string, as sent. */
  readonly path: string;
  /** The value of the `Authorization` header, from the URL's user and password. */
  readonly authorization: string | undefined;
}

/** Throws `TargetError` (bad-url) without a word of the URL. */
export function parseAddress(target: string): Address {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url || !isUrl(url.href) || url.hostname === '') {
    throw new TargetError('bad-url', 'the link is not a valid http or https URL');
  }
  return { ...placeOf(url), authorization: basicAuthorization(url) };
}

const mayNotDowngrade = 'the server redirects from https to http, which is not followed';

/**
 * The address that a redirect leads to. The user and password go only to the origin that they were given for;
 * any in the redirect itself are left out. Throws `TargetError` (redirect).
 */
export function followRedirect(from: Address, location: string | undefined): Address {
  const base = `${from.secure ? 'https' : 'http'}://${hostAndPort(from)}${from.path}`;
  const url = location !== undefined && URL.canParse(location, base) ? new URL(location, base) : undefined;
  if (!url || !isUrl(url.href))
    throw new TargetError('redirect', 'the server redirects to no http or https URL');
  const to = placeOf(url);
  if (from.secure && !to.secure) throw new TargetError('redirect', mayNotDowngrade);
  const sameOrigin = to.secure === from.secure && hostAndPort(to) === hostAndPort(from);
  return { ...to, authorization: sameOrigin ? from.authorization : undefined };
}

function placeOf(url: URL): Omit<Address, 'authorization'> {
  return {
    secure: url.protocol === 'https:',
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname + url.search,
  };
}

function hostAndPort({ host, port }: Omit<Address, 'authorization'>): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === undefined ? name : `${name}:${port}`;
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

/** A lone `%` is no error in a password. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
