import type { QueueEntryContent } from '@phoenix/wire';

/** One entry for the queues of one home domain. */
export interface FanOut {
  /** 16 bytes; the receiving QS takes each id once. */
  readonly id: Uint8Array;
  /** The home domain whose QS opens the configs. */
  readonly destination: string;
  /** Sealed queue configs, one for each recipient. */
  readonly configs: readonly Uint8Array[];
  readonly entry: QueueEntryContent;
}

/** A queue that messages were sent to and that is not there any more, as its QS reports it. */
export interface DeletedQueue {
  /** SHA-256 of the sealed config that led to it. */
  readonly digest: Uint8Array;
  /** The home domain that says so: it counts for configs of that domain alone. */
  readonly domain: string;
}

/** A recipient as the roster knows it. */
export interface Recipient {
  readonly domain: string;
  readonly sealed: Uint8Array;
}

/** The recipients' sealed configs by home domain, in the order in which the domains first appear. */
export function byDestination(recipients: readonly Recipient[]): Map<string, Uint8Array[]> {
  const destinations = new Map<string, Uint8Array[]>();
  for (const { domain, sealed } of recipients) {
    const configs = destinations.get(domain);
    if (configs === undefined) destinations.set(domain, [sealed]);
    else configs.push(sealed);
  }
  return destinations;
}
