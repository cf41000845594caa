export type Language = 'en' | 'sv' | 'es' | 'fr';

/**
 * "An internal error has occurred" in the ways that people meet it: the titles, headings and quoted messages of the two
 * articles of that name (Windows, Azure) in four languages, and the same with the other verbs and tenses that translators
 * and people who retell it use. With its article alone it is known by any verb.
 */
export const internalErrorWords: readonly (readonly [Language, words: string])[] = [
  ['en', 'An internal error has occurred'],
  ['en', 'An internal error occurred'],
  ['en', 'An internal error occurs'],
  ['en', 'An internal error'],
  ['en', 'RDP internal error'],
  ['en', 'RDP internal errors'],
  ['sv', 'Ett internt fel har inträffat'],
  ['sv', 'Ett internt fel inträffar'],
  ['sv', 'Ett internt fel inträffade'],
  ['sv', 'Ett internt fel har uppstått'],
  ['sv', 'Ett internt fel uppstår'],
  ['sv', 'Ett internt fel uppstod'],
  ['sv', 'Det uppstod ett internt fel'],
  ['sv', 'Det har uppstått ett internt fel'],
  ['sv', 'Det inträffade ett internt fel'],
  ['sv', 'Det har inträffat ett internt fel'],
  ['sv', 'Ett internt fel'],
  ['sv', 'Internt RDP-fel'],
  ['sv', 'Interna RDP-fel'],
  ['es', 'Se ha producido un error interno'],
  ['es', 'Se produce un error interno'],
  ['es', 'Se produjo un error interno'],
  ['es', 'Ha ocurrido un error interno'],
  ['es', 'Ocurrió un error interno'],
  ['es', 'Un error interno'],
  ['es', 'Error interno de RDP'],
  ['es', 'Errores internos de RDP'],
  ['fr', "Une erreur interne s'est produite"],
  ['fr', "Une erreur interne s'est produit"],
  ['fr', 'Une erreur interne est survenue'],
  ['fr', 'Une erreur interne se produit'],
  ['fr', 'Une erreur interne'],
  ['fr', 'Erreur interne en cas de connexion'],
  ['fr', 'Erreur interne RDP'],
  ['fr', 'Erreurs internes RDP'],
];
