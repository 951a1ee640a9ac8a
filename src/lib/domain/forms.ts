import * as v from 'valibot';

/** What is wrong in a form: a French sentence by field, the first one of each. */
export type FormErrors = Record<string, string>;

/** What was typed, checked: either all of it is right, or nothing is kept and `errors` says what to correct. */
export type Checked<Output> =
	{ output: Output; errors?: undefined } | { output?: undefined; errors: FormErrors };

/** Checks what was typed against the one schema of this form. */
export function checkForm<Schema extends v.GenericSchema>(
	schema: Schema,
	typed: unknown
): Checked<v.InferOutput<Schema>> {
	const result = v.safeParse(schema, typed);
	if (result.success) return { output: result.output };
	const errors: FormErrors = {};
	for (const issue of result.issues) {
		const key: unknown = issue.path?.[0]?.key;
		errors[typeof key === 'string' ? key : 'formulaire'] ??= issue.message;
	}
	return { errors };
}

/** A text as typed, with plain line ends, without what a keyboard doesn't type nor spaces around it. */
export function tidyText(text: string): string {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/(?!\n)\p{Cc}/gu, ' ')
		.trim();
}
