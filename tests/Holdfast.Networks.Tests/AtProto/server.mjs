// A real AT Protocol server on loopback, for the tests: Bluesky's own PDS and the directory of its DIDs.
// node server.mjs FOLDER-OF-NODE_MODULES [MORE-SETTINGS]: prints one line of JSON when it is ready, ends when its standard input does.
import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const require = createRequire(path.join(process.argv[2], 'package.json'));
const plcServer = require('@did-plc/server');
const pdsModule = await import(require.resolve('@atproto/pds'));
const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-atproto-'));
const hex = () => randomBytes(32).toString('hex');

const plc = plcServer.PlcServer.create({ db: plcServer.Database.mock(), port: 0 });
const plcListener = await plc.start();
const plcUrl = `http://localhost:${plcListener.address().port}`;

const port = await freePort();
const jwtSecret = hex();
const env = {
  devMode: true, port, hostname: 'localhost', dataDirectory: folder, blobstoreDiskLocation: path.join(folder, 'blobs'),
  didPlcUrl: plcUrl, serviceHandleDomains: ['.test'], inviteRequired: false, disableSsrfProtection: true,
  plcRotationKeyK256PrivateKeyHex: hex(), jwtSecret, dpopSecret: hex(), adminPassword: hex(),
  blobUploadLimit: 1_500_000, rateLimitsEnabled: true, crawlers: [], modServiceDid: '', reportServiceDid: '',
  ...JSON.parse(process.argv[3] ?? '{}'),
};
const config = pdsModule.envToCfg(env);
const pds = await pdsModule.PDS.create(config, pdsModule.envToSecrets(env));
await pds.start();

console.log(JSON.stringify({ pds: `http://localhost:${port}`, plc: plcUrl, jwtSecret }));

process.stdin.resume();
process.stdin.on('end', async () => {
  await Promise.allSettled([pds.destroy(), plc.destroy()]);
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

async function freePort() {
  const { createServer } = await import('node:net');
  return await new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
