import { type Text, text } from '../../text/index.ts';

/** The dates of a certificate. */
export interface Dated {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export function isCurrent({ notBefore, notAfter }: Dated, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

/** From when to when, as evidence: dates by UTC. */
export function validity({ notBefore, notAfter }: Dated): Text {
  return text('saw.validity', { from: day(notBefore), to: day(notAfter) });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
