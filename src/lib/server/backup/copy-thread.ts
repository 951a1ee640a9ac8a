import { parentPort, workerData } from 'node:worker_threads';
import { writeBackup } from './backup.ts';
import type { CopyOrder } from './nightly.ts';

/** Writes the copy it is told to and sends back what the copy holds; an error goes back by itself. */
const { dataDir, file, at } = workerData as CopyOrder;
parentPort?.postMessage(await writeBackup(dataDir, file, { at, replace: true }));
