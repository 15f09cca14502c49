// Bundles the programs that run inside the lab's kernel, where opening many files is slow.
import { build } from 'esbuild';

await build({
  entryPoints: { guest: 'src/guest/main.ts', 'web-server': 'src/guest/web-server.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  logLevel: 'warning',
});
