import { client } from './client.ts';
import { connection } from './connection.ts';
import { events } from './events.ts';
import { gateway } from './gateway.ts';
import { security } from './security.ts';
import { session } from './session.ts';
import { signIn } from './sign-in.ts';

/** What error numbers, names and texts of Remote Desktop mean. */
export const codes = {
  ...connection,
  ...signIn,
  ...security,
  ...session,
  ...client,
  ...gateway,
  ...events,
};
