import { RedisServer } from '@phoenix/jobs/testing';
import { jobBackend, requireForgetfulRedis } from './job-backends.js';

describe('where jobs wait', () => {
  it('is the service’s own database, or keys of its own in Redis', () => {
    const databaseUrl = 'postgres://db/x';
    expect(jobBackend(undefined, 'ds', databaseUrl)).toEqual({
      kind: 'postgres',
      databaseUrl,
      schema: 'phoenix_ds_jobs',
    });
    const redis = { url: 'redis://db', trustPersistence: false };
    expect(jobBackend(redis, 'qs', databaseUrl)).toEqual({
      kind: 'redis',
      url: redis.url,
      prefix: 'phoenix-qs',
    });
  });

  if (process.env['TEST_REDIS_URL'] !== undefined) {
    it('is no Redis that writes to its disk, unless the operator says so', async () => {
      const server = await RedisServer.start('--save', '3600 1');
      const { url } = server;
      await expect(requireForgetfulRedis({ url, trustPersistence: false })).rejects.toThrow(
        /^The Redis of REDIS_URL writes snapshots to its disk .* --save "" --appendonly no, or set .*\.$/,
      );
      await requireForgetfulRedis({ url, trustPersistence: true });
      await server.stop();
    });

    it('may be a Redis that forgets', async () => {
      const server = await RedisServer.start();
      await requireForgetfulRedis({ url: server.url, trustPersistence: false });
      await server.stop();
    });
  }
});
