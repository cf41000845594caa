import type { StoredCertificate } from '../../model/certificate.ts';
import { type Text, text } from '../../text/index.ts';

export function isCurrent({ notBefore, notAfter }: StoredCertificate, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

/** From when to when, as evidence: dates by UTC. */
export function validity({ notBefore, notAfter }: StoredCertificate): Text {
  return text('saw.validity', { from: day(notBefore), to: day(notAfter) });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
