import { internalError } from './causes.ts';
import type { Entry, Family, SentenceId } from './entry.ts';
import { eventTexts } from './event-texts.ts';
import { internalErrorWords, type Language } from './internal-error-words.ts';

/** A number that a client says these words for, or what is known of the words alone. */
type Meant = readonly [Family, number] | Entry;

/** Words of a client. Only what tells them apart is here: a dialog may say more before and after. */
export interface ClientText {
  readonly language: Language;
  readonly words: string;
  readonly meant: Meant;
  /** Said before many other words, or instead of them: left out where anything else is known. */
  readonly general: boolean;
}

function wordsAlone(
  meaning: SentenceId,
  phase: Entry['phase'],
  causes: Entry['causes'] = [],
  ...notes: SentenceId[]
): Entry {
  return { family: 'client-text', code: null, symbol: '', meaning, phase, causes, notes, listed: true };
}

const internal = wordsAlone('code.internal-error-text', 'any', internalError, 'explain.note.fallback');
const generic = wordsAlone('code.generic-connect-text', 'any', internalError);
const stuck = wordsAlone('code.stuck-text', 'session', ['stuck-configuring-session', 'healthy-from-here']);
const credentials = wordsAlone('code.credentials-text', 'nla');
const noDomainController = wordsAlone('code.nla-no-domain-controller-text', 'nla', ['negotiation-mismatch']);
const mac = wordsAlone('code.mac-connect-text', 'any');
const notAuthorised = wordsAlone('code.not-authorised', 'sign-in');
const accessDenied = wordsAlone('code.access-denied', 'sign-in');
const authentication = wordsAlone('code.authentication-error-text', 'nla', [
  'tls-1.2-server-disabled',
  'no-tls-version-enabled',
  'fips-conflict',
  'credssp-provider-missing',
]);

const tooMany = wordsAlone('code.too-many-connections', 'session');
const connectionLost = wordsAlone('code.connection-lost-text', 'session');
const protocolError = wordsAlone('code.protocol-error-text', 'any', [
  'listener-port-taken',
  'negotiation-mismatch',
]);

const clientDisconnected: Meant = ['event', 1026];

const beginnings: readonly Meant[] = [generic, mac, authentication, protocolError, clientDisconnected];

function said(language: Language, words: string, meant: Meant): ClientText {
  return { language, words, meant, general: beginnings.includes(meant) };
}

function english(words: string, disconnectReason: number): ClientText {
  return said('en', words, ['disconnect-reason', disconnectReason]);
}

/**
 * The two articles "An internal error has occurred" (Windows) and "An internal error occurs when you make an RDP
 * connection" (Azure), in English, Swedish, Spanish and French. Azure's "Troubleshoot specific RDP error messages" and
 * "Troubleshoot authentication errors", in the same languages; Windows Server's "User can't authenticate" in French.
 * Some Swedish ones stand there as a machine translated them, and once more with the compounds that it broke put together.
 */
const fromArticles: readonly ClientText[] = [
  ...internalErrorWords.map(([language, words]) => said(language, words, internal)),
  said('en', "This computer can't connect to the remote computer", generic),
  said('en', "This computer can't be connected to the remote computer", generic),
  said('sv', 'Datorn kan inte anslutas till fjärrdatorn', generic),
  said('sv', 'Datorn kan inte ansluta till fjärrdatorn', generic),
  said('es', 'Este equipo no se puede conectar al equipo remoto', generic),
  said('fr', "Cet ordinateur ne peut pas se connecter à l'ordinateur distant", generic),
  said('en', 'An authentication error has occurred', authentication),
  said('sv', 'Ett autentiseringsfel har inträffat', authentication),
  said('sv', 'Ett autentiseringsfel har uppstått', authentication),
  said('sv', 'Ett autentiseringsfel inträffade', authentication),
  said('sv', 'Ett autentiseringsfel uppstod', authentication),
  said('sv', 'Det uppstod ett autentiseringsfel', authentication),
  said('es', 'Se ha producido un error de autenticación', authentication),
  said('es', 'Se produjo un error de autenticación', authentication),
  said('es', 'Error de autenticación', authentication),
  said('fr', "Une erreur d'authentification s'est produite", authentication),
  said('fr', "Une erreur d'authentification est survenue", authentication),
  said('fr', "Erreur d'authentification", authentication),
  said('en', 'Configuring remote session', stuck),
  said('sv', 'Konfigurera fjärr anslutning', stuck),
  said('sv', 'Konfigurera fjärranslutning', stuck),
  said('es', 'Configurando remoto', stuck),
  said('fr', 'Configuration de la connexion à distance', stuck),
  said('en', 'The Local Security Authority cannot be contacted', ['hresult', 0x80090304]),
  said('sv', 'Det går inte att kontakta den lokala säkerhetskontrollen', ['hresult', 0x80090304]),
  said('sv', 'Den lokala säkerhetsmyndigheten kan inte kontaktas', ['hresult', 0x80090304]),
  said('es', 'No se puede conectar con la autoridad de seguridad local', ['hresult', 0x80090304]),
  said('fr', "L'autorité de sécurité locale ne peut pas être contactée", ['hresult', 0x80090304]),
  said(
    'en',
    'requires Network Level Authentication (NLA), but your Windows domain controller cannot be contacted to perform NLA',
    noDomainController,
  ),
  said(
    'sv',
    'kräver NLA (Network Level Authentication), men windows-domänkontrollanten kan inte kontaktas',
    noDomainController,
  ),
  said(
    'es',
    'requiere que realice la autenticación a nivel de red (NLA), pero no se puede establecer contacto con el controlador de dominio de Windows',
    noDomainController,
  ),
  said(
    'fr',
    "nécessite l'authentification au niveau du réseau (NLA), mais votre contrôleur de domaine Windows ne peut pas être contacté",
    noDomainController,
  ),
  said('en', 'there are no Remote Desktop License Servers available to provide a license', [
    'extended-reason',
    0x101,
  ]),
  said('en', 'No Remote Desktop License Servers available', ['extended-reason', 0x101]),
  said('sv', 'inte finns några fjärrskrivbordslicensservrar tillgängliga för att tillhandahålla en licens', [
    'extended-reason',
    0x101,
  ]),
  said(
    'sv',
    'inte finns några fjärr skrivbords licens servrar tillgängliga för att tillhandahålla en licens',
    ['extended-reason', 0x101],
  ),
  said(
    'es',
    'no hay servidores de licencias de Escritorio remoto disponibles para proporcionar una licencia',
    ['extended-reason', 0x101],
  ),
  said('fr', "aucun serveur de licences Bureau à distance n'est disponible pour fournir une licence", [
    'extended-reason',
    0x101,
  ]),
  said('en', "Remote Desktop can't find the computer", ['disconnect-reason', 0x104]),
  said('sv', 'Fjärrskrivbord kan inte hitta datorn', ['disconnect-reason', 0x104]),
  said('sv', 'Fjärr skrivbord kan inte hitta datorn', ['disconnect-reason', 0x104]),
  said('es', 'Escritorio remoto no encuentra el equipo', ['disconnect-reason', 0x104]),
  said('es', 'Escritorio remoto no puede encontrar el equipo', ['disconnect-reason', 0x104]),
  said('fr', 'Le bureau à distance ne trouve pas', ['disconnect-reason', 0x104]),
  said('en', 'Your credentials did not work', credentials),
  said('en', 'The logon attempt failed', credentials),
  said('sv', 'autentiseringsuppgifterna fungerade inte', credentials),
  said('es', 'Las credenciales no funcionaron', credentials),
  said('fr', "Vos informations d'identification n'ont pas fonctionné", credentials),
  said('fr', "l'administrateur système a restreint le type d'ouverture de session (réseau ou interactif)", [
    'disconnect-reason',
    0x1307,
  ]),
];

/** The Spanish words of two that the English table below has. */
const inSpanish: readonly ClientText[] = [
  said('es', 'Escritorio remoto no puede conectarse al equipo remoto por uno de estos motivos', [
    'disconnect-reason',
    0x204,
  ]),
  said('es', 'La función solicitada no es compatible', ['hresult', 0x80090302]),
  said('es', 'La función solicitada no se admite', ['hresult', 0x80090302]),
];

/**
 * Words of mstsc's GetErrorDescription (the TechNet wiki's table, see `codes/disconnect-reasons.ts`), of Windows'
 * messages for SSPI errors, and of Microsoft's page on access that is denied. The limit of connections: woshub.com,
 * "RDP: number of connections limited". The protocol error: Alibaba Cloud's help page of that name, mRemoteNG #1891.
 */
const fromWindows: readonly ClientText[] = [
  english("can't connect to the remote computer for one of these reasons", 0x204),
  english('Remote access to the server is not enabled', 0x204),
  english("The two computers couldn't connect in the amount of time allotted", 0x108),
  english('Your computer does not have enough virtual memory available', 0x106),
  english('The connection was lost due to a network error', 0x304),
  english('Because of a security error, the client could not connect to the remote computer', 0x406),
  english('The specified computer name contains invalid characters', 0x408),
  english('Your computer could not connect to another console session on the remote computer', 0x708),
  english('disconnected the session because of an error in the licensing protocol', 0x808),
  english('A licensing error occurred while the client was attempting to connect', 0x908),
  english(
    'The connection to the remote computer was lost, possibly due to network connectivity problems',
    0x904,
  ),
  english('an unexpected server authentication certificate was received from the remote computer', 0x907),
  english('The specified username does not exist', 0xa07),
  english('An error occurred that prevented the connection', 0xb04),
  english('Because of an error in data encryption, this session will end', 0xb06),
  english('Your session has ended because of an error in data encryption', 0xb06),
  english('The user account is currently disabled and cannot be used', 0xb07),
  english(
    'The remote computer requires Network Level Authentication, which your computer does not support',
    0xb09,
  ),
  english(
    'A user account restriction (for example, a time-of-day restriction) is preventing you from logging on',
    0xc07,
  ),
  english('a user account restriction is preventing you from signing in', 0xc07),
  english('disconnected because of a decompression failure at the client side', 0xc08),
  english('the user account has been locked because there were too many logon attempts', 0xd07),
  english(
    'The security policy of your computer requires you to type a password on the Windows Security dialog box',
    0xd09,
  ),
  english("it doesn't support FIPS encryption level", 0xe06),
  english('This user account has expired', 0xe07),
  english("The remote PC doesn't support Restricted Administration mode", 0xe09),
  english("This user account's password has expired", 0xf07),
  english('credentials may not be sent to the remote computer', 0xf08),
  english('The system administrator has restricted the times during which you may log in', 0x1007),
  english('your computer is running low on video resources', 0x1008),
  english('Because of a protocol error detected at the client', 0x1104),
  english('The system administrator has limited the computers you can log on with', 0x1107),
  english('You must change your password before logging on the first time', 0x1207),
  english(
    'The system administrator has restricted the types of logon (network or interactive) that you may use',
    0x1307,
  ),
  english('the authentication certificate received from the remote computer is expired or invalid', 0x1b07),
  english('there is a time or date difference between your computer and the remote computer', 0x1d07),
  english('your smart card is locked out', 0x2207),
  english('Client and server versions do not match', 0x2604),
  english('The remote computer does not support RemoteApp', 0x2000002),
  english('because the username or password is not valid', 0x3000001),
  english(
    'The requested Remote Desktop Gateway server address and the server SSL certificate subject name do not match',
    0x3000003,
  ),
  english("the Remote Desktop Gateway server's certificate has expired or has been revoked", 0x3000007),
  english('an error occurred on the remote computer that you want to connect to', 0x3000008),
  english('the Remote Desktop Gateway server address is unreachable or incorrect', 0x300000c),
  english('the Remote Desktop Gateway server is temporarily unavailable', 0x300000d),
  english('because a security package error occurred in the transport layer', 0x3000017),
  english("Your user account is not listed in the RD Gateway's permission list", 0x300001b),
  english('Your user account is not authorized to access the RD Gateway', 0x300001c),
  english('the Remote Desktop Gateway server reached its maximum allowed connections', 0x3000022),
  english("because the remote computer didn't receive any input from you", 0x3000032),
  english('This might be due to an expired password', 0x207),
  said('en', "We couldn't connect to the remote PC because the PC can't be found", [
    'disconnect-reason',
    0x104,
  ]),
  said('en', "We couldn't connect to the remote PC", mac),
  said('en', 'Your session ended because of an error', mac),
  said('en', 'The function requested is not supported', ['hresult', 0x80090302]),
  said('en', 'This could be due to CredSSP encryption oracle remediation', ['hresult', 0x80090302]),
  said('fr', "La fonction demandée n'est pas prise en charge", ['hresult', 0x80090302]),
  said('fr', "Les informations d'identification fournies au package n'ont pas été reconnues", [
    'hresult',
    0x8009030d,
  ]),
  said('en', 'The client and server cannot communicate, because they do not possess a common algorithm', [
    'hresult',
    0x80090331,
  ]),
  said('en', 'The credentials supplied to the package were not recognized', ['hresult', 0x8009030d]),
  said('en', 'The target principal name is incorrect', ['hresult', 0x80090322]),
  said('en', 'The message received was unexpected or badly formatted', ['hresult', 0x80090326]),
  said('en', 'The token supplied to the function is invalid', ['hresult', 0x80090308]),
  said('en', 'No credentials are available in the security package', ['hresult', 0x8009030e]),
  said('en', 'No authority could be contacted for authentication', ['hresult', 0x80090311]),
  said('en', 'Keyset does not exist', ['hresult', 0x80090016]),
  said(
    'en',
    'The connection was denied because the user account is not authorized for remote login',
    notAuthorised,
  ),
  said(
    'en',
    'To sign in remotely, you need the right to sign in through Remote Desktop Services',
    notAuthorised,
  ),
  said('en', 'The requested session access is denied', accessDenied),
  said('en', 'The number of connections to this computer is limited and all connections are in use', tooMany),
  said('en', 'The connection has been lost', connectionLost),
  said('en', 'RDP ClientActiveX has been disconnected', clientDisconnected),
  said('en', 'Because of a protocol error, this session will be disconnected', protocolError),
  said('en', 'Because of a protocol error, the remote session will be disconnected', protocolError),
];

/** What clients and event logs say, as far as a public page or repository quotes it. */
export const clientTexts: readonly ClientText[] = [
  ...fromArticles,
  ...inSpanish,
  ...fromWindows,
  ...eventTexts.map(([words, number]) => said('en', words, ['event', number])),
];
