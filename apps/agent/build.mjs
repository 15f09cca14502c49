// The agent as one program. npm `netlink` stays outside: it finds its native part beside itself in node_modules.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const outdir = new URL('dist/', import.meta.url).pathname;
await rm(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { agent: new URL('src/main.ts', import.meta.url).pathname },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // What only `agent join` needs is a file of its own, beside the program: source that is never run costs memory too.
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  external: ['netlink'],
  sourcemap: true,
  metafile: true,
  // Bundled CommonJS asks for Node's modules by require, which an ES module has not. The young generation stays small
  // from the first module on: a guest on other people's servers. Half the memory after a large apply, for some CPU.
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      "import { setFlagsFromString as setFlags } from 'node:v8'; setFlags('--semi-space-growth-factor=1');",
    ].join('\n'),
  },
});

// One `import { z }` is enough to bring the messages of sixty languages along: `import * as z` brings what is used.
const carried = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
const languages = carried.filter(
  ([path, { bytesInOutput }]) => /zod\/.*\/locales\//.test(path) && bytesInOutput > 0,
);
if (languages.length > 1)
  throw new Error("Somewhere zod is imported as { z }: write `import * as z from 'zod'`.");
