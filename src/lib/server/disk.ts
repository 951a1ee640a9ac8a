import { chownSync, closeSync, fsyncSync, openSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Returns once what was written in this file is on the disk. */
export function syncFile(file: string): void {
	sync(file, 'r+');
}

/** Returns once the names in this folder are on the disk: a new name is kept by its folder (Windows can't open one). */
export function syncFolder(folder: string): void {
	if (process.platform !== 'win32') sync(folder, 'r');
}

/** Returns once a folder and all it holds, at any depth, are on the disk. */
export function syncTree(folder: string): void {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const name = path.join(folder, entry.name);
		if (entry.isDirectory()) syncTree(name);
		else syncFile(name);
	}
	syncFolder(folder);
}

/** Gives a folder and all it holds to whom `owned` belongs, when an administrator works on another account's files. */
export function giveToOwnerOf(owned: string, folder: string): void {
	if (process.getuid?.() !== 0) return;
	const { uid, gid } = statSync(owned);
	const names = readdirSync(folder, { recursive: true }).map((name) => path.join(folder, String(name)));
	for (const name of [folder, ...names]) chownSync(name, uid, gid);
}

function sync(name: string, flags: string): void {
	const descriptor = openSync(name, flags);
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
