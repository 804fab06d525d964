import {
  asCredential,
  asIntermediateCredential,
  clientCredentialValidity,
  decode,
  type ExpirationData,
  intermediateValidity,
  liesWithin,
  startOfMonth,
} from '@phoenix/wire';
import type { IssuerKind, StoredIssuer } from './issuer.js';

/** A root is replaced this long before it could sign no more intermediates: cards and other servers hold on to roots. */
const ROOT_OVERLAP_MONTHS = 6;
/** An intermediate is published this long before it signs: clients fetch the chain once a day. */
const INTERMEDIATE_OVERLAP_MONTHS = 1;
/** A credential stays published after its end: present members may hang on it until the DS has removed who is inactive. */
const PUBLISHED_MONTHS = 12;

/** What is due at a moment. */
export interface RotationPlan {
  readonly newRoot: boolean;
  readonly newIntermediate: boolean;
  /** Whose keys sign nothing any more. */
  readonly retired: readonly StoredIssuer[];
  readonly forgotten: readonly StoredIssuer[];
}

interface Dated {
  readonly issuer: StoredIssuer;
  readonly expiration: ExpirationData;
}

/**
 * What an AS with these issuers has to do: at any time some root can sign an intermediate and some intermediate a
 * ClientCredential, now and for as long as the news of their successors takes (docs/protocol §3).
 */
export function planRotation(issuers: readonly StoredIssuer[], nowMs: number): RotationPlan {
  const [roots, intermediates] = [ofKind(issuers, 'root'), ofKind(issuers, 'intermediate')];
  const later = (months: number): number => startOfMonth(nowMs, months);
  const spent = [
    ...roots.filter(({ expiration }) => !liesWithin(intermediateValidity(nowMs), expiration)),
    ...intermediates.filter(({ expiration }) => !liesWithin(clientCredentialValidity(nowMs), expiration)),
  ];
  const past = (each: Dated): boolean => each.expiration.notAfter < BigInt(later(-PUBLISHED_MONTHS) / 1000);
  const rootsFor = [nowMs, later(ROOT_OVERLAP_MONTHS)].map(intermediateValidity);
  const signersFor = [nowMs, later(INTERMEDIATE_OVERLAP_MONTHS)].map(clientCredentialValidity);
  return {
    newRoot: !rootsFor.every((validity) => someHolds(roots, validity)),
    newIntermediate: !signersFor.every((validity) => someHolds(intermediates, validity)),
    retired: spent.filter(({ issuer }) => issuer.wrappedKey.length > 0).map(({ issuer }) => issuer),
    forgotten: [...roots, ...intermediates].filter(past).map(({ issuer }) => issuer),
  };
}

/** Whether nothing is due. */
export function isSettled({ newRoot, newIntermediate, retired, forgotten }: RotationPlan): boolean {
  return !newRoot && !newIntermediate && retired.length === 0 && forgotten.length === 0;
}

/** The root that signs the next intermediate: the oldest that lives as long, so that a new root is known before it is needed. */
export function signingRoot(issuers: readonly StoredIssuer[], nowMs: number): StoredIssuer {
  const validity = intermediateValidity(nowMs);
  const fitting = ofKind(issuers, 'root').filter(
    ({ issuer, expiration }) => issuer.wrappedKey.length > 0 && liesWithin(validity, expiration),
  );
  const [oldest] = fitting.sort((a, b) => (a.expiration.notAfter < b.expiration.notAfter ? -1 : 1));
  if (oldest === undefined) throw new Error('no root can sign an intermediate');
  return oldest.issuer;
}

function someHolds(issuers: readonly Dated[], validity: ExpirationData): boolean {
  return issuers.some(
    ({ issuer, expiration }) => issuer.wrappedKey.length > 0 && liesWithin(validity, expiration),
  );
}

function ofKind(issuers: readonly StoredIssuer[], kind: IssuerKind): Dated[] {
  return issuers
    .filter((issuer) => issuer.kind === kind)
    .map((issuer) => ({ issuer, expiration: expirationOf(issuer) }));
}

function expirationOf({ kind, credential }: StoredIssuer): ExpirationData {
  return kind === 'root'
    ? decode(asCredential, credential).payload.expiration
    : decode(asIntermediateCredential, credential).payload.expiration;
}
