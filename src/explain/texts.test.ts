import { describe, expect, it } from 'vitest';
import { clientTexts } from './client-texts.ts';
import { entryFor, textsIn } from './texts.ts';

function meanings(typed: string): string[] {
  return textsIn(typed).map(({ entry }) => entry.meaning);
}

describe("a client's words", () => {
  it('are each found as they stand', () => {
    const lost = clientTexts.filter((text) => {
      const [found] = textsIn(text.words);
      return found?.entry.meaning !== entryFor(text).meaning || !found.exact;
    });
    expect(lost.map(({ words }) => words)).toEqual([]);
  });

  it('are each found in capitals, without accents or punctuation, and with curly quotes', () => {
    const lost = clientTexts.filter((text) => {
      const plain = text.words
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replace(/[(),.:-]/g, ' ');
      const curly = text.words.replaceAll("'", '\u2019');
      return [plain.toUpperCase(), curly].some((typed) => !meanings(typed).includes(entryFor(text).meaning));
    });
    expect(lost.map(({ words }) => words)).toEqual([]);
  });

  it('are each found in a dialog, with a word of it lost', () => {
    const lost = clientTexts.filter((text) => {
      const words = text.words.split(' ');
      if (words.length < 8) return false;
      const typed = `Remote Desktop Connection\n${words.toSpliced(4, 1).join(' ')}\nOK   Help`;
      return !meanings(typed).includes(entryFor(text).meaning);
    });
    expect(lost.map(({ words }) => words)).toEqual([]);
  });

  it.each<[string, string]>([
    ['Remote Desktop Connection: An internal error has occurred. OK', 'code.internal-error-text'],
    ['An internal error ocurred', 'code.internal-error-text'],
    ['An internl error has occured', 'code.internal-error-text'],
    ['internal error', 'code.internal-error-text'],
    ['RDP internal error', 'code.internal-error-text'],
    ['Internt RDP-fel', 'code.internal-error-text'],
    ['SE HA PRODUCIDO UN ERROR INTERNO', 'code.internal-error-text'],
    ['Une erreur interne s\u2019est produite.', 'code.internal-error-text'],
    [
      'Cet ordinateur ne peut pas se connecter \u00e0 l\u2019ordinateur distant. R\u00e9essayez de vous connecter.',
      'code.generic-connect-text',
    ],
    ['Anslutningen har fastnat i avsnittet "Konfigurera fj\u00e4rr anslutning"', 'code.stuck-text'],
    [
      'The remote computer requires Network Level Authentication which your computer does not support',
      'code.nla-required',
    ],
    [
      'An authentication error has occurred.\nThe function requested is not supported\nRemote computer: 10.0.0.4\nThis could be due to CredSSP encryption oracle remediation.',
      'code.function-not-supported',
    ],
    [
      "Your computer can't connect to the remote computer because a security package error occurred in the transport layer. Retry the connection or contact your network administrator for assistance.",
      'code.gateway-security-package',
    ],
    [
      'Une erreur d\u2019authentification s\u2019est produite. L\u2019autorit\u00e9 de s\u00e9curit\u00e9 locale ne peut pas \u00eatre contact\u00e9e.',
      'code.lsa-unreachable',
    ],
    [
      'The connection was denied because the user account is not authorized for remote login.',
      'code.not-authorised',
    ],
  ])('%j', (typed, meaning) => {
    expect(meanings(typed)).toContain(meaning);
  });

  it.each([
    'Ett internt fel uppstår när du gör en RDP-anslutning till Azure Virtual Machines',
    'Ett internt fel inträffar när du försöker ansluta till en virtuell Azure-dator via Fjärrskrivbord',
    'Lär dig hur du felsöker RDP Internal errors i Microsoft Azure.',
    'Internt RDP-fel',
    'Ett internt fel har inträffat',
    'Ett internt fel inträffade',
    'Ett internt fel har uppstått',
    'Det uppstod ett internt fel',
    'Se produce un error interno al crear una conexión RDP a Azure Virtual Machines',
    'Se produce un error interno al intentar conectarse a una máquina virtual de Azure',
    'Aprenda a solucionar errores internos de RDP en Microsoft Azure.',
    'RDP internal error (Error interno de RDP)',
    'An internal error has occurred (Se ha producido un error interno)',
    'Se produce un error interno',
    'Se produjo un error interno',
    'Erreur interne en cas de connexion Bureau à distance aux machines virtuelles Azure',
    'Erreur interne en cas de connexion à une machine virtuelle Azure avec le Bureau à distance',
    'Découvrez comment résoudre les erreurs internes RDP dans Microsoft Azure.',
    'Erreur interne RDP.',
    "Une erreur interne s'est produite.",
    'Une erreur interne s est produite',
    'Une erreur interne s est produit',
    'Une erreur interne est survenue',
    'An internal error occurs when you make an RDP connection to Azure Virtual Machines',
    'Learn how to troubleshoot RDP internal errors in Microsoft Azure.',
    '"An internal error has occurred" when connecting to a remote machine',
  ])('tell of an internal error: %j', (typed) => {
    expect(meanings(typed)).toEqual(['code.internal-error-text']);
  });

  /** One word decides between them. */
  it.each<[string, string | undefined]>([
    ['An internal error has occurred', 'code.internal-error-text'],
    ['An authentication error has occurred', 'code.authentication-error-text'],
    ['A security error has occurred', undefined],
    ['An internal server error has occurred', undefined],
    ['Ett internt fel har inträffat', 'code.internal-error-text'],
    ['Ett autentiseringsfel har inträffat', 'code.authentication-error-text'],
    ['Ett autentiseringsfel inträffade', 'code.authentication-error-text'],
    ['Ett säkerhetsfel har inträffat', undefined],
    ['Ett okänt fel har inträffat', undefined],
    ['Se ha producido un error interno', 'code.internal-error-text'],
    ['Se ha producido un error de autenticación', 'code.authentication-error-text'],
    ['Se produjo un error de autenticación', 'code.authentication-error-text'],
    ['Se ha producido un error de seguridad', undefined],
    ['Se ha producido un error desconocido', undefined],
    ["Une erreur interne s'est produite", 'code.internal-error-text'],
    ["Une erreur d'authentification s'est produite", 'code.authentication-error-text'],
    ['Une erreur d authentification s est produite', 'code.authentication-error-text'],
    ["Une erreur de sécurité s'est produite", undefined],
    ["Une erreur inconnue s'est produite", undefined],
    ['Because of a protocol error, this session will be disconnected.', 'code.protocol-error-text'],
    ['A fatal error occurred while creating a TLS server credential', 'code.event-tls-credential'],
    ['A fatal alert was received from the remote endpoint', 'code.event-alert-received'],
    ['A fatal alert was generated and sent to the remote endpoint', 'code.event-alert-sent'],
  ])('%j is %s', (typed, meaning) => {
    expect(meanings(typed)[0]).toBe(meaning);
  });

  it.each<[string, string]>([
    [
      'Because of a protocol error, this session will be disconnected. Please try connecting to the remote computer again.',
      'code.protocol-error-text',
    ],
    [
      'The number of connections to this computer is limited and all connections are in use right now. Try connecting later or contact your system administrator.',
      'code.too-many-connections',
    ],
    [
      'Escritorio remoto no puede conectarse al equipo remoto por uno de estos motivos:',
      'code.connect-failed',
    ],
    ['La función solicitada no es compatible', 'code.function-not-supported'],
    ['The connection has been lost. Attempting to reconnect to your session...', 'code.connection-lost-text'],
  ])('%j means one thing', (typed, meaning) => {
    expect(meanings(typed)).toEqual([meaning]);
  });

  it.each([
    'An authentication error has occurred',
    'An external error has occurred',
    'The remote computer was replaced by a newer one',
    'error',
    'Your computer',
  ])('are not taken for an internal error: %j', (typed) => {
    expect(meanings(typed)).not.toContain('code.internal-error-text');
  });

  it('mean the more telling of two that lie over each other', () => {
    const typed =
      "We couldn't connect to the remote PC because the PC can't be found. Please provide the fully-qualified name.";
    expect(meanings(typed)).toEqual(['code.dns-failed']);
  });

  it('that are not as a client has them are marked', () => {
    expect(textsIn('An internal error has occurred')[0]?.exact).toBe(true);
    expect(textsIn('An internl error has occured')[0]?.exact).toBe(false);
  });
});
