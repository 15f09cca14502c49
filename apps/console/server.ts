// Starts the console: lock, migrate, hub and rollouts, listen. Everything it does is in src/server.
import next from 'next';
import { openConsoleServer } from './src/server/http/console-server.ts';
import { hostInUrl } from './src/server/http/listen.ts';
import { requestHandlers } from './src/server/http/request-handlers.ts';
import { readTlsFiles, UnusableTlsFile } from './src/server/http/tls-files.ts';
import { DataFolderInUse } from './src/server/process/data-folder.ts';
import { asksForHelp } from './src/server/process/help.ts';
import { type CommandLine, parseCommandLine, usage } from './src/server/process/server-options.ts';
import { setRunningConsole } from './src/server/running-console.ts';
import { startConsole } from './src/server/start-console.ts';

async function main(options: CommandLine): Promise<void> {
  const tls = options.tls && (await readTlsFiles(options.tls));
  if (tls && tls.endsAt < new Date())
    console.error(`The certificate for HTTPS ended on ${tls.endsAt.toISOString()}: browsers will refuse it.`);
  const started = await startConsole({
    data: options.data,
    secure: tls !== null,
    enrolment: options.enrolListen && { listen: options.enrolListen, advertise: options.enrolAdvertise },
  });
  setRunningConsole(requestHandlers(started));
  const { host, port } = options.listen;
  const screens = next({ dev: options.dev, dir: import.meta.dirname, hostname: host, port });
  await screens.prepare();
  const { listen, names, dev } = options;
  const server = await openConsoleServer({ listen, tls, names, dev, handler: screens.getRequestHandler() });
  // In development the screens are reloaded over a WebSocket; otherwise there is none.
  const reload = screens.getUpgradeHandler();
  if (dev) server.server.on('upgrade', (...upgrade) => void reload(...upgrade));

  const stop = async () => {
    started.endStreams();
    await server.close();
    await screens.close();
    await started.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error('Stopping failed:', error);
          process.exit(1);
        },
      );
    });
  console.log(`Signalbox listens on ${tls ? 'https' : 'http'}://${hostInUrl(host)}:${server.port}`);
  if (started.enrolAt)
    console.log(`Nodes join at https://${hostInUrl(started.enrolAt.host)}:${started.enrolAt.port}`);
}

const args = process.argv.slice(2);
if (asksForHelp(args)) {
  console.log(usage);
  process.exit(0);
}
const options = parseCommandLine(args);
if (typeof options === 'string') {
  console.error(`${options}\n\n${usage}`);
  process.exit(2);
}
main(options).catch((error: unknown) => {
  const exitCode = error instanceof UnusableTlsFile ? 2 : error instanceof DataFolderInUse ? 3 : 1;
  console.error(exitCode === 1 ? error : (error as Error).message);
  process.exit(exitCode);
});
