// npm run preview -- [--outDir dist] [--base /course/] [--port 4321] : serves what was built, on this machine only.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withSlashes } from './arguments.ts';
import { addressOf, serveStatic } from './static-server.ts';

const { values } = parseArgs({
  options: { outDir: { type: 'string', default: 'dist' }, base: { type: 'string', default: '/' }, port: { type: 'string', default: '4321' } },
});
if (!existsSync(`${values.outDir}/index.html`)) {
  console.error(`Nothing is built in ${values.outDir}/. Run "npm run build" first.`);
  process.exit(1);
}
const base = withSlashes(values.base);
try {
  const server = await serveStatic({ outDir: values.outDir, base }, Number(values.port));
  console.log(`${addressOf(server, base)}  (Ctrl+C stops it)`);
} catch (error) {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
  console.error(`Port ${values.port} is taken. Choose another: npm run preview -- --port ${Number(values.port) + 1}`);
  process.exit(1);
}
