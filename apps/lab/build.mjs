// Bundles the programs that run inside the lab's kernel, where opening many files is slow.
import { build } from 'esbuild';

const shared = { outdir: 'dist', bundle: true, platform: 'node', target: 'node24', logLevel: 'warning' };

await build({
  ...shared,
  entryPoints: { guest: 'src/guest/main.ts' },
  outExtension: { '.js': '.mjs' },
  format: 'esm',
});

// As a CommonJS program it starts in two thirds of the time: importing node:http as a module evaluates every export
// of it, and with them Node's whole web client.
await build({
  ...shared,
  entryPoints: { 'web-server': 'src/guest/web-server.ts' },
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
});
