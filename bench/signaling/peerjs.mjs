import { createServer } from 'node:http';
import { serve } from './serving';

/** peerjs-server as its makers have it, in a process of its own, without its limit of people. */
// Installed apart, in this folder.
const [library, framework] = ['peer', 'express'];
const { ExpressPeerServer } = await import(library);
const { default: express } = await import(framework);
const app = express();
const httpServer = createServer(app);
app.use('/', ExpressPeerServer(httpServer, { path: '/', concurrent_limit: 100_000, alive_timeout: 600_000 }));
await serve(httpServer, async () => httpServer.closeAllConnections());
