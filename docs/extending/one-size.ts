import type { Provider } from '@nestjs/common';
import { PaddingPolicy, type SectionSizes } from '@phoenix/ds';

const KIB = 1024;

/**
 * Groups of up to some hundred members all look alike: one bucket of 512 KiB for each section, doubling beyond. A snapshot
 * then tells small teams apart from nothing; the price is half a megabyte a group.
 */
export class OneSizePadding extends PaddingPolicy {
  sizes(number: number): SectionSizes {
    const bytes = 512 * KIB * 2 ** number;
    return { roster: bytes, tree: bytes };
  }
}

/** Goes into the DS's `overrides`, in `apps/homeserver/src/ds.app.ts`. */
export const oneSizePadding: Provider = { provide: PaddingPolicy, useClass: OneSizePadding };
