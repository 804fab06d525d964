import { isConnectionLoss } from '../pool/connection-loss.js';
import { createTestDatabase } from '../testing/create-test-database.js';
import { openDataSource } from './open-data-source.js';

describe('the loss of a connection', () => {
  it('is told from a refused statement when TypeORM throws', async () => {
    const database = await createTestDatabase();
    const options = { name: 'connection-loss', entities: [], migrations: [], connections: 2 };
    const dataSource = await openDataSource({ ...options, url: database.url });
    const thrownBy = (statement: string): Promise<unknown> =>
      dataSource.query(statement).then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(isConnectionLoss(await thrownBy('SELECT 1 / 0'))).toBe(false);
    expect(isConnectionLoss(await thrownBy('SELECT pg_terminate_backend(pg_backend_pid())'))).toBe(true);
    await dataSource.destroy();
    await database.drop();
  });
});
