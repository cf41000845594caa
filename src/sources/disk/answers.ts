import { FormatError } from '../../formats/errors.ts';
import { type Answer, absent, known, unknown } from '../../model/answer.ts';
import type { AnswerValues, Question } from '../../model/question.ts';
import { certificatesIn } from './certificates.ts';
import { descriptorAnswer, fileSecurityAnswer } from './descriptors.ts';
import type { OfflineMachine } from './offline-machine.ts';
import { findKey, modelKey, modelValue, unresolvedWhere } from './registry.ts';

/**
 * Answers one question from an installation at rest. What cannot be read is `unknown`; only errors that are
 * not the input's fault (bytes that have yet to arrive) are thrown.
 */
export function answerQuestion(
  machine: OfflineMachine,
  question: Question,
): Answer<AnswerValues[Question['kind']]> {
  try {
    return look(machine, question);
  } catch (error) {
    if (error instanceof FormatError) return unknown(placeOf(question), error.message);
    throw error;
  }
}

function look(machine: OfflineMachine, question: Question): Answer<AnswerValues[Question['kind']]> {
  switch (question.kind) {
    case 'registry-value': {
      const { where, key } = findKey(machine, question.key);
      const value = key?.value(question.name);
      const place = `${where}\\${question.name === '' ? '(default)' : question.name}`;
      return value ? known(modelValue(value), place) : absent(place);
    }
    case 'registry-key': {
      const { where, key } = findKey(machine, question.key);
      return key ? known(modelKey(key, question.depth), where) : absent(where);
    }
    case 'registry-key-security': {
      const { where, key } = findKey(machine, question.key);
      return key ? descriptorAnswer(key.securityDescriptor(), where) : absent(where);
    }
    case 'file-security':
      return fileSecurityAnswer(machine.file(question.path), question.path);
    case 'certificates':
      return known(certificatesIn(machine, question.store), placeOf(question));
    default:
      return unknown(question.kind, 'a disk at rest answers no connection');
  }
}

function placeOf(question: Question): string {
  switch (question.kind) {
    case 'registry-value':
      return unresolvedWhere(`${question.key}\\${question.name}`);
    case 'registry-key':
    case 'registry-key-security':
      return unresolvedWhere(question.key);
    case 'file-security':
      return question.path;
    case 'certificates':
      return unresolvedWhere(`SOFTWARE\\Microsoft\\SystemCertificates\\${question.store}\\Certificates`);
    default:
      return question.kind;
  }
}
