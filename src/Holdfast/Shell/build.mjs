// Bundles every .css and .ts of the features into wwwroot/built, precompressed. Run by `npm run build`; `--watch` rebuilds.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'wwwroot/built');
const features = readdirSync(root, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && /^[A-Z]/.test(entry.name)).map(entry => entry.name);
const find = extension => features
  .flatMap(feature => readdirSync(join(root, feature), { recursive: true }).map(name => `${feature}/${name}`))
  .filter(path => path.endsWith(extension)).sort();

// The order is the cascade: tokens, then the base, then components, then the features by name.
const first = ['Shell/tokens.css', 'Shell/base.css', 'Shell/forms.css'];
const styles = () => [...first, ...find('.css').filter(path => !first.includes(path))]
  .map(path => `@import "./${path}";`).join('\n');

// What a page loads: site.ts, and every module that a page starts by data-module. The rest is imported by these.
const isEntry = path => path === 'Shell/site.ts' || readFileSync(join(root, path), 'utf8').includes('export function start(');

// What the chart library carries and no chart of ours uses: its words in Chinese, and patterns painted on a canvas.
const unused = {
  name: 'unused',
  setup(build) {
    build.onLoad({ filter: /echarts[\\/]lib[\\/]i18n[\\/]langZH\.js$/ }, () => ({ contents: 'export default {};' }));
    build.onLoad({ filter: /echarts[\\/]lib[\\/]util[\\/]decal\.js$/ }, () => ({ contents: 'export const createOrUpdatePatternFromDecal = () => null;' }));
  },
};

const options = {
  absWorkingDir: root,
  outdir: out,
  outbase: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  metafile: true,
  target: ['chrome123', 'firefox128', 'safari17.5'],
  logLevel: 'warning',
};

async function build() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const scripts = await esbuild.build({
    ...options,
    entryPoints: find('.ts').filter(isEntry),
    format: 'esm',
    splitting: true,
    plugins: [unused],
    chunkNames: 'chunks/[hash]',
  });
  const css = await esbuild.build({
    ...options,
    stdin: { contents: styles(), loader: 'css', resolveDir: root },
    outdir: undefined,
    outfile: join(out, 'site.css'),
    loader: { '.woff2': 'file' },
    assetNames: '[name]',
  });
  for (const name of ['icon.svg', 'manifest.webmanifest']) {
    writeFileSync(join(out, name), readFileSync(join(root, 'Shell', name)));
  }

  const files = [...Object.keys(scripts.metafile.outputs), ...Object.keys(css.metafile.outputs)].map(path => resolve(root, path));
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    const bytes = readFileSync(file);
    hash.update(bytes);
    if (/\.(js|css)$/.test(file)) {
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    }
  }

  // The pages name this id in every address below /built, so that browsers may keep the files for ever.
  writeFileSync(join(out, 'build-id.txt'), hash.digest('hex').slice(0, 12));
  console.log(`built ${files.length} files into ${relative(process.cwd(), out)}`);
}

await build();
if (process.argv.includes('--watch')) {
  let pending;
  watch(root, { recursive: true }, (_, name) => {
    if (/^[A-Z].*\.(ts|css)$/.test(name ?? '')) {
      clearTimeout(pending);
      pending = setTimeout(() => build().catch(error => console.error(error.message)), 100);
    }
  });
}
