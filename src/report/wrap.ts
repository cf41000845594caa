const noBreakSpace = '\u00a0';

/**
 * Breaks a sentence at spaces into lines of at most `width` columns; a longer word keeps a line of its own. The
 * spaces in `unbroken`, a part of the sentence, are no places to break.
 */
export function wrap(sentence: string, width: number, unbroken = ''): string[] {
  const held =
    unbroken === '' ? sentence : sentence.replaceAll(unbroken, unbroken.replaceAll(' ', noBreakSpace));
  const lines: string[] = [];
  let line = '';
  for (const word of held.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((text) => text.replaceAll(noBreakSpace, ' '));
}
