import type { en } from './en.js';

/** The same sentences in Dutch. */
export const nl: Readonly<Record<keyof typeof en, string>> = {
  'problem.inputInvalid': 'De invoer klopt niet. De lijst zegt wat er mis is, en waar.',
  'problem.notFound': 'Het bestaat niet, of je mag het niet zien.',
  'problem.idempotencyKeyReused': 'Deze idempotencysleutel is eerder gebruikt met andere invoer.',
  'problem.balanceInsufficient': 'Er zijn {{requiredPoints}} punten nodig; {{availablePoints}} zijn beschikbaar.',
  'problem.alreadyReversed': 'Het is al teruggedraaid; er is niets van over.',
  'problem.challengeClosed': '‘{{title}}’ is niet open: de uitdaging is nog niet begonnen, of al voorbij.',
  'problem.challengeNotEligible': 'Deze uitdaging is niet voor jou bedoeld.',
  'problem.challengeLimitReached': 'Je hebt deze uitdaging zo vaak gedaan als mag.',
  'problem.submissionNotPending': 'Over deze inzending is al beslist.',
  'problem.voteOwnSubmission': 'Je kunt niet op je eigen inzending stemmen.',
  'problem.voteChallengeClosed': 'De uitdaging is voorbij: de stemmen zijn geteld.',
  'problem.voteNotVotable': 'Op de inzendingen voor deze uitdaging wordt niet gestemd.',
  'problem.voteSubmissionRejected': 'Deze inzending is afgewezen.',
  'ask.join': 'Dank je voor je antwoord. Word je ook ambassadeur van ons?',
  'ask.joinAndDo': 'Dank je voor je antwoord. Word je ook ambassadeur van ons? Je kunt hiermee beginnen: {{title}}',
  'ask.do': 'Dank je voor je antwoord. Wil je dit ook voor ons doen? {{title}}',
  'ask.thanks': 'Dank je voor je antwoord, en voor alles wat je als ambassadeur doet.',
  'error.unauthenticated': 'Log in om dit te doen.',
  'error.forbidden': 'Dit mag je niet doen.',
  'error.rateLimited': 'Te veel verzoeken. Probeer het over {{seconds}} seconden opnieuw.',
  'error.internal': 'Er ging bij ons iets mis. Het is genoteerd onder dit verzoeknummer.',
};
