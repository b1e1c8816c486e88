// A real AT Protocol network on loopback, for the tests: Bluesky's own PDS and the directory of its DIDs; and, given a PostgreSQL, the
// AppView that makes Bluesky's lists of what the PDS holds.
// node server.mjs FOLDER-OF-NODE_MODULES [SETTINGS]: prints one line of JSON when it is ready, another for each line it is given, when
// the AppView has read everything up to then; ends when its standard input does.
import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

// They would listen to the whole world.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return Number.isInteger(port) ? listen.call(this, { port, host: '127.0.0.1' }, ...rest.filter((r) => typeof r === 'function')) : listen.call(this, port, ...rest);
};

const require = createRequire(path.join(process.argv[2], 'package.json'));
const { appViewDatabase, ...settings } = JSON.parse(process.argv[3] ?? '{}');
const plcServer = require('@did-plc/server');
const pdsModule = await import(require.resolve('@atproto/pds'));
const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-atproto-'));
const hex = () => randomBytes(32).toString('hex');

const plc = plcServer.PlcServer.create({ db: plcServer.Database.mock(), port: 0 });
const plcListener = await plc.start();
const plcUrl = `http://localhost:${plcListener.address().port}`;

const [port, appViewPort, dataPlanePort] = [await freePort(), await freePort(), await freePort()];
const [pdsUrl, appViewUrl, dataPlaneUrl] = [port, appViewPort, dataPlanePort].map((p) => `http://localhost:${p}`);
const appViewDid = 'did:web:appview.test';
const jwtSecret = hex();
const env = {
  devMode: true, port, hostname: 'localhost', dataDirectory: folder, blobstoreDiskLocation: path.join(folder, 'blobs'),
  didPlcUrl: plcUrl, serviceHandleDomains: ['.test'], inviteRequired: false, disableSsrfProtection: true,
  plcRotationKeyK256PrivateKeyHex: hex(), jwtSecret, dpopSecret: hex(), adminPassword: hex(),
  blobUploadLimit: 1_500_000, rateLimitsEnabled: true, crawlers: [], modServiceDid: '', reportServiceDid: '',
  bskyAppViewUrl: appViewUrl, bskyAppViewDid: appViewDid,
  ...settings,
};
const config = pdsModule.envToCfg(env);
const pds = await pdsModule.PDS.create(config, pdsModule.envToSecrets(env));
await pds.start();
const appView = appViewDatabase && await startAppView(appViewDatabase);

console.log(JSON.stringify({ pds: pdsUrl, plc: plcUrl, jwtSecret }));

for await (const _ of createInterface({ input: process.stdin })) {
  await appView.readAll();
  console.log('{}');
}

await Promise.allSettled([appView?.stop(), pds.destroy(), plc.destroy()]);
rmSync(folder, { recursive: true, force: true });
process.exit(0);

async function startAppView(url) {
  const bsky = await import(require.resolve('@atproto/bsky'));
  const { Secp256k1Keypair } = await import(require.resolve('@atproto/crypto'));
  const db = new bsky.Database({ url, schema: 'appview', poolSize: 10 });
  await db.migrateToLatestOrThrow();
  const dataPlane = await bsky.DataPlaneServer.create(db, dataPlanePort, plcUrl, globalThis.fetch);
  const server = bsky.BskyAppView.create({
    signingKey: await Secp256k1Keypair.create(),
    config: new bsky.ServerConfig({
      version: 'tests', port: appViewPort, publicUrl: appViewUrl, serverDid: appViewDid, alternateAudienceDids: [], didPlcUrl: plcUrl,
      dataplaneUrls: [dataPlaneUrl], dataplaneHttpVersion: '1.1', bsyncUrl: 'http://localhost:1', bsyncHttpVersion: '1.1', etcdHosts: [],
      modServiceDid: 'did:web:moderation.test', labelsFromIssuerDids: [], adminPasswords: [hex()], disableSsrfProtection: true,
      bigThreadUris: new Set(), maxThreadParents: 50, searchTagsHide: new Set(), searchTagsHideAll: new Set(), threadTagsBumpDown: new Set(),
      threadTagsHide: new Set(), visibilityTagHide: '', visibilityTagRankPrefix: '', debugFieldAllowedDids: new Set(), draftsLimit: 1, feedGenSkeletonTimeout: 1000,
    }),
  });
  // Whose handle it is would be asked in the DNS: these are in none.
  dataPlane.idResolver.handle.resolve = server.ctx.idResolver.handle.resolve = async (handle) => {
    const answer = await fetch(`${pdsUrl}/xrpc/com.atproto.identity.resolveHandle?handle=${handle}`);
    return answer.ok ? (await answer.json()).did : undefined;
  };
  const subscription = new bsky.RepoSubscription({ service: pdsUrl.replace('http', 'ws'), db, idResolver: dataPlane.idResolver });
  await server.start();
  void subscription.start();
  return {
    async readAll() {
      const last = await pds.ctx.sequencer.curr();
      while ((subscription.getCursor() ?? 0) < (last ?? 0)) await new Promise((done) => setTimeout(done, 5));
      await subscription.processAll();
    },
    async stop() {
      await server.destroy();
      await dataPlane.destroy();
      await subscription.destroy();
      await db.close();
    },
  };
}

async function freePort() {
  return await new Promise((done) => {
    const probe = net.createServer().listen(0, () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
