import { Field, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';

/** What a text may have in braces. */
export const placeholders = ['name', 'program', 'question'] as const;

@ObjectType({ description: 'The words in which a program asks by mail, in one language.' })
@Entity('invitation_text')
export class InvitationText {
  @IdColumn('program_id')
  readonly programId: string;

  @Field({ description: 'The language, as in nl or nl-BE.' })
  @PrimaryColumn('varchar', { length: '64', name: 'language' })
  readonly language: string;

  @Field({ description: 'The subject of the first mail.' })
  @Stored('line', 'subject')
  readonly subject: string;

  @Field({
    description: 'What stands above the scores in the first mail; {name}, {program} and {question} are filled in.',
  })
  @Stored('text', 'body')
  readonly body: string;

  @Field({ description: 'The subject of a reminder.' })
  @Stored('line', 'reminder_subject')
  readonly reminderSubject: string;

  @Field({ description: 'What stands above the scores in a reminder.' })
  @Stored('text', 'reminder_body')
  readonly reminderBody: string;

  @Field({ description: 'What stands at the end, such as who sends it and their postal address; may be empty.' })
  @Stored('text', 'footer')
  readonly footer: string;
}

type Words = Omit<InvitationText, 'programId' | 'language'>;

const builtIn: Readonly<Record<string, Words>> = {
  en: {
    subject: 'One question from {program}',
    body: 'Hello {name},\n\n{question} Choose a number: one click is enough.',
    reminderSubject: 'Did you see our question? {program} would like to know',
    reminderBody: 'Hello {name},\n\nWe asked you something some days ago. {question} It takes one click.',
    footer: '',
  },
  nl: {
    subject: 'Eén vraag van {program}',
    body: 'Hallo {name},\n\n{question} Kies een cijfer: één klik is genoeg.',
    reminderSubject: 'Zag je onze vraag? {program} hoort het graag',
    reminderBody: 'Hallo {name},\n\nWe vroegen je een paar dagen geleden iets. {question} Het kost één klik.',
    footer: '',
  },
};

/** What the program says nothing else of, in the languages that come with Applaus. */
export function builtInTexts(programId: string): InvitationText[] {
  return Object.entries(builtIn).map(([language, words]) =>
    Object.assign(new InvitationText(), { programId, language, ...words }),
  );
}

/** What is around the program's own words. */
export interface Frame {
  readonly why: string;
  readonly unsubscribe: string;
  readonly score: string;
}

const frames: Readonly<Record<'en' | 'nl', Frame>> = {
  en: {
    why: 'You receive this mail because {program} would like to know what you think.',
    unsubscribe: 'Receive no more of these mails',
    score: 'Score',
  },
  nl: {
    why: 'Je krijgt deze mail omdat {program} graag weet wat je vindt.',
    unsubscribe: 'Geen mails als deze meer ontvangen',
    score: 'Cijfer',
  },
};

export function frameFor(language: string): Frame {
  return language.split('-')[0] === 'nl' ? frames.nl : frames.en;
}

/** The first text there is in the wanted languages, each as it is and then without its region; at last in English. */
export function textFor(texts: readonly InvitationText[], wanted: readonly string[]): InvitationText {
  const languages = [...wanted, 'en'].flatMap((language) => [language, language.split('-')[0] ?? language]);
  for (const language of languages) {
    const found = texts.find((text) => text.language === language);
    if (found) return found;
  }
  throw new Error('There is no text in English');
}

/** What placeholders are filled in with. */
export interface Values {
  readonly name: string | null;
  readonly program: string;
  readonly question: string;
}

/** A text with its placeholders filled in, once. Of whom no name is known, the space before it goes, too. */
export function filledIn(text: string, values: Values): string {
  return text.replace(/( ?)\{(name|program|question)\}/g, (_, space: string, placeholder: keyof Values) => {
    const value = values[placeholder];
    return value === null ? '' : space + value;
  });
}
