import { error } from '@sveltejs/kit';

/** A form as it was sent. One that can't be read answers 400. */
export async function formOf(request: Request): Promise<FormData> {
	try {
		return await request.formData();
	} catch {
		error(400, 'Ce formulaire est arrivé abîmé : revenez en arrière et envoyez-le de nouveau.');
	}
}

/** A field of text; empty when it is absent, or a file. */
export function textOf(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
}

/** The values of a field that may have several. */
export function listOf(form: FormData, name: string): string[] {
	return form.getAll(name).filter((value) => typeof value === 'string');
}

/** A file that was sent; undefined when none was chosen. */
export function fileOf(form: FormData, name: string): File | undefined {
	const value = form.get(name);
	return value instanceof File && (value.size > 0 || value.name !== '') ? value : undefined;
}
