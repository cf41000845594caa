/** Words of which every error message is made: none of them tells one from another. As they are compared, without accents. */
export const ordinaryWords: ReadonlySet<string> = new Set(
  [
    'a an the of to in at on is are was will be has have had been it its this that your you for because due by with from not',
    'no cant error errors occurred occurs occur occured rdp remote desktop connection connect computer session unexpected',
    'ett en den det har att inte fel intraffat intraffar intraffade uppstatt uppstar uppstod nar du av i pa till som kan kunde ovantat',
    'se ha un una el la los las de del al en por que con su error errores producido produce produjo ocurrido ocurrio inesperado',
    'une un le les des d l du au est sest s n na pas ne dans cas erreur erreurs produite produit survenue survenu votre vous inattendue',
  ]
    .join(' ')
    .split(' '),
);
