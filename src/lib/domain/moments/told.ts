import {
	frenchTranslator,
	type Label,
	type Paragraph,
	paragraphsOf,
	translationKeys,
	type Translator
} from '../translation.ts';
import {
	momentRead,
	type MomentState,
	type MomentVariant,
	noVariant,
	type OwnText,
	type ReadStep
} from './state.ts';

/** A step in the reader's language. */
export interface ToldStep extends Pick<ReadStep, 'cle' | 'fiche' | 'source' | 'source_lien'> {
	titre: Label;
	texte: Paragraph[];
	aPreparer: { choses: string[]; fr: boolean };
}

/** A situation in the reader's language, as read in one place. */
export interface ToldMoment extends Pick<MomentState, 'theme' | 'urgence' | 'appeler'> {
	nom: Label;
	accroche: Label;
	introduction: Paragraph[];
	etapes: ToldStep[];
}

/** A situation as it is told: the common words by `translator`, those of a commune in French. */
export function momentTold(
	id: number,
	common: MomentState,
	own: MomentVariant = noVariant,
	translator: Translator = frenchTranslator,
	fr = false
): ToldMoment {
	const text = (key: string, french: string, ownText: OwnText | null | undefined) => {
		if (!ownText) return translator.text(key, french);
		const said = paragraphsOf(ownText.texte, { fr });
		return ownText.mode === 'replace' ? said : [...translator.text(key, french), ...said];
	};
	const texts = new Map(common.etapes.map(({ cle, texte }) => [cle, texte]));
	const stepKey = ({ cle }: ReadStep, field: string) => translationKeys.step(id, cle, field);
	const label = (step: ReadStep, field: 'titre' | 'a_preparer', french: string): Label =>
		step.isOwn ? { texte: french, fr } : translator.label(stepKey(step, field), french);
	const { theme, urgence, appeler, etapes } = momentRead(common, own);
	return {
		theme,
		urgence,
		appeler,
		nom: translator.label(translationKeys.moment(id, 'nom'), common.nom),
		accroche: translator.label(translationKeys.moment(id, 'accroche'), common.accroche),
		introduction: text(translationKeys.moment(id, 'introduction'), common.introduction, own.introduction),
		etapes: etapes.map((step): ToldStep => {
			const { cle, fiche, source, source_lien } = step;
			const things = label(step, 'a_preparer', step.a_preparer.join('\n'));
			return {
				cle,
				fiche,
				source,
				source_lien,
				titre: label(step, 'titre', step.titre),
				texte: step.isOwn
					? paragraphsOf(step.texte, { fr })
					: text(stepKey(step, 'texte'), texts.get(cle) ?? '', own.etapes[cle]),
				aPreparer: { choses: things.texte.split('\n').filter((thing) => thing !== ''), fr: things.fr }
			};
		})
	};
}
