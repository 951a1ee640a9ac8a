// Loaded before a command (node --import): kills its process just before it gives a file its KILL_AT-th new name.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const { renameSync } = fs;
let left = Number(process.env.KILL_AT);

fs.renameSync = (from, to) => {
	left -= 1;
	if (left === 0) process.kill(process.pid, 'SIGKILL');
	renameSync(from, to);
};
syncBuiltinESMExports();
