import { Field, Int, ObjectType } from 'type-graphql';
import { type Locale, message } from '../../platform/graphql/messages.js';
import type { NpsBand } from '../../programs/nps-band.js';
import type { Program } from '../../programs/program.entity.js';
import { schemeOf } from '../scheme.js';
import type { Survey } from '../survey.entity.js';
import type { SurveyText } from './survey-text.entity.js';

@ObjectType({ description: 'What a survey asks, in one language: all that a page of your own needs.' })
export class SurveyForm {
  @Field({ description: 'The language that it is in, as in nl.' })
  readonly language: string;

  @Field(() => [String], { description: 'The languages that it can be asked in, Dutch and English among them.' })
  readonly languages: readonly string[];

  @Field({ description: 'Who asks: the name of the program.' })
  readonly brand: string;

  @Field({ description: 'The question that the score answers.' })
  readonly question: string;

  @Field(() => Int, { description: 'The lowest score that can be given.' })
  readonly lowestScore: number;

  @Field(() => Int, { description: 'The highest score that can be given.' })
  readonly highestScore: number;

  @Field({ description: 'What the lowest score means, to stand beside it.' })
  readonly lowestLabel: string;

  @Field({ description: 'What the highest score means, to stand beside it.' })
  readonly highestLabel: string;

  @Field({ description: 'Whether nobody gets to know who answered what. Tell whoever answers.' })
  readonly isAnonymous: boolean;

  @Field(() => String, { nullable: true, description: 'The colour of the button, as in #0b5fa5; null for yours.' })
  readonly brandColor: string | null;
}

/** The words of a survey in one language: the program's own, or else ours. */
export interface SurveyWords {
  readonly program: Program;
  readonly survey: Survey;
  /** The program's own in that language, if it has any. */
  readonly own: SurveyText | undefined;
  readonly language: string;
  /** All that it can be asked in. */
  readonly languages: readonly string[];
}

/** The language that our own words come in where another is spoken. */
export function localeIn(language: string): Locale {
  return language.slice(0, 2) === 'nl' ? 'nl' : 'en';
}

export function formOf({ program, survey, own, language, languages }: SurveyWords): SurveyForm {
  const locale = localeIn(language);
  const { lowestScore, highestScore } = schemeOf(program, survey);
  return Object.assign(new SurveyForm(), {
    language,
    languages,
    brand: program.name,
    question: own?.question ?? message(locale, `survey.question.${survey.kind}`, { brand: program.name }),
    lowestScore,
    highestScore,
    lowestLabel: own?.lowestLabel ?? message(locale, 'survey.lowest'),
    highestLabel: own?.highestLabel ?? message(locale, 'survey.highest'),
    isAnonymous: survey.isAnonymous,
    brandColor: survey.brandColor,
  });
}

/** What somebody is asked after the score, by the band that it fell in. It says nothing of what an answer may earn. */
export function bandQuestionOf({ own, language }: Pick<SurveyWords, 'own' | 'language'>, band: NpsBand): string {
  const ofProgram = {
    PROMOTER: own?.promoterQuestion,
    PASSIVE: own?.passiveQuestion,
    DETRACTOR: own?.detractorQuestion,
  };
  return ofProgram[band] ?? message(localeIn(language), `survey.after.${band}`);
}

export function thanksOf({ own, language }: Pick<SurveyWords, 'own' | 'language'>): string {
  return own?.thanks ?? message(localeIn(language), 'survey.thanks');
}
