import { message } from '../message.ts';

/** What evidence says where there is no value to show, and what a healthy machine has. */
export const common = {
  'saw.absent': 'not set',
  'saw.key-absent': 'the key is not there',
  'saw.file-absent': 'there is no such file',
  'expected.value': message<{ value: string }>('{value}'),
  'expected.absent-or': message<{ value: string }>('not set, or {value}'),
  'expected.absent': 'not set',
  'expected.present': 'set',
};
