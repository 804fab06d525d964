import { openDsDatabase } from '../adapters/typeorm/data-source.js';
import { TypeormGroupStore } from '../adapters/typeorm/typeorm-group-store.js';
import type { GroupStore } from '../ports/group-store.js';

/** The groups in a DS's database, beside the DS that it belongs to. */
export interface OpenedGroupStore {
  readonly store: GroupStore;
  close(): Promise<void>;
}

/** Opens the groups of a DS's database by a few connections of its own. */
export async function groupStoreOn(databaseUrl: string): Promise<OpenedGroupStore> {
  const dataSource = await openDsDatabase(databaseUrl, 4);
  return { store: new TypeormGroupStore(dataSource), close: () => dataSource.destroy() };
}
