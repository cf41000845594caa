/** What a server does with one request instead of answering it well. */
export type Fault =
  /** Answers with a status and no body; `headers` go with it. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Sends the whole file with status 200. */
  | { readonly kind: 'no-ranges' }
  /** Cuts the connection, after so many bytes of the body; before the head where it is undefined. */
  | { readonly kind: 'reset'; readonly after?: number }
  /** Closes the connection in good order, after so many bytes of a body that was promised longer. */
  | { readonly kind: 'truncate'; readonly after: number }
  /** Sends the body a piece at a time. */
  | { readonly kind: 'dribble'; readonly bytes: number; readonly everyMilliseconds: number }
  /** Takes the request and says nothing, ever. */
  | { readonly kind: 'silent' }
  /** Sends the right bytes under a `Content-Range` of its own; none where it is undefined. */
  | { readonly kind: 'content-range'; readonly value: string | undefined }
  /** Sends a body that claims to be compressed. */
  | { readonly kind: 'compressed' }
  /** Sends more bytes than its `Content-Range` says. */
  | { readonly kind: 'overrun'; readonly bytes: number }
  /** Sends, and announces, no more than so many bytes of the range, as a server is allowed to. */
  | { readonly kind: 'short'; readonly bytes: number }
  /** Answers as for a file that has changed meanwhile; the version headers that are named replace the real ones. */
  | {
      readonly kind: 'version';
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    }
  /** Sends bytes that are no HTTP. */
  | { readonly kind: 'garbage' };
