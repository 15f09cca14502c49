// The agent as one file. npm `netlink` stays outside: it finds its native part beside itself in node_modules.
import { build } from 'esbuild';

await build({
  entryPoints: [new URL('src/main.ts', import.meta.url).pathname],
  outfile: new URL('dist/agent.mjs', import.meta.url).pathname,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  external: ['netlink'],
  sourcemap: true,
  // Bundled CommonJS asks for Node's modules by require, which an ES module has not.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
