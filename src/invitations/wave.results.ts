import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import {
  IdempotencyKeyReused,
  InputInvalid,
  NotFound,
  Problem,
  SecretKeyMissing,
} from '../platform/graphql/problem.js';
import { SurveyInvitation } from './invitation.entity.js';
import { NotAskedReason } from './reason.js';
import { InvitationWave } from './wave.entity.js';

@ObjectType({ description: 'A page of waves.' })
export class InvitationWaveConnection extends connectionOf(InvitationWave) {}

@ObjectType({ description: 'A page of invitations.' })
export class SurveyInvitationConnection extends connectionOf(SurveyInvitation) {}

@ObjectType({ description: 'How many people are not asked for one reason; the first that is in the way.' })
export class NotAskedCount {
  @Field(() => NotAskedReason, { description: 'Why they are not.' })
  readonly reason: NotAskedReason;

  @Field(() => Int, { description: 'How many people.' })
  readonly people: number;

  constructor(reason: NotAskedReason, people: number) {
    this.reason = reason;
    this.people = people;
  }
}

@ObjectType({ description: 'Whom a wave would ask if it began now.' })
export class InvitationWavePreview {
  @Field(() => Int, { description: 'How many would be asked.' })
  readonly asked: number;

  @Field(() => [NotAskedCount], { description: 'How many would not, by reason.' })
  readonly notAsked: readonly NotAskedCount[];

  constructor(asked: number, notAsked: readonly NotAskedCount[]) {
    this.asked = asked;
    this.notAsked = notAsked;
  }
}

@ObjectType({ description: 'How many people of a wave are how far. Everybody counts once.' })
export class WaveProgress {
  @Field(() => Int, { description: 'Wait for their turn; of a cancelled wave they are never asked.' })
  readonly planned: number;

  @Field(() => Int, { description: 'Were asked, and have not answered.' })
  readonly sent: number;

  @Field(() => Int, { description: 'Were perhaps asked: the connection broke meanwhile.' })
  readonly uncertain: number;

  @Field(() => Int, { description: 'Answered by their link.' })
  readonly answered: number;

  @Field(() => Int, { description: 'Have an address that takes no mail.' })
  readonly bounced: number;

  @Field(() => Int, { description: 'Unsubscribed after they were asked.' })
  readonly unsubscribed: number;

  @Field(() => Int, { description: 'Could not be written to: the provider would not.' })
  readonly failed: number;

  @Field(() => [NotAskedCount], { description: 'Were not asked, by reason.' })
  readonly notAsked: readonly NotAskedCount[];
}

@ObjectType({ description: 'Links of a wave to hand out, as CSV.' })
export class WaveLinksCsv {
  @Field({
    description: 'At most 1,000 lines under a header: externalId, displayName, email, language, expiresAt, url.',
  })
  readonly csv: string;

  @Field(() => String, { nullable: true, description: 'What to give as `after` for the next lines; null on the last.' })
  readonly next: string | null;

  constructor(csv: string, next: string | null) {
    this.csv = csv;
    this.next = next;
  }
}

@ObjectType({ description: 'The wave is scheduled.' })
export class InvitationWaveCreated {
  @Field(() => InvitationWave, { description: 'The wave. By the channel API its people are asked already.' })
  readonly wave: InvitationWave;

  constructor(wave: InvitationWave) {
    this.wave = wave;
  }
}

@ObjectType({ description: 'The wave stands as it was wished.' })
export class InvitationWaveChanged {
  @Field(() => InvitationWave, { description: 'The wave as it is now.' })
  readonly wave: InvitationWave;

  constructor(wave: InvitationWave) {
    this.wave = wave;
  }
}

@ObjectType({
  implements: Problem,
  description: 'The server sends no mail. Whoever runs it sets SMTP_URL and APPLAUS_MAIL_FROM.',
})
export class MailNotConfigured extends Problem {
  constructor() {
    super('MAIL_NOT_CONFIGURED', 'problem.mailNotConfigured');
  }
}

@ObjectType({ implements: Problem, description: 'The wave is done or cancelled: nothing of it can be changed.' })
export class WaveOver extends Problem {
  @Field(() => InvitationWave, { description: 'The wave as it is.' })
  readonly wave: InvitationWave;

  constructor(wave: InvitationWave) {
    super('WAVE_OVER', 'problem.waveOver');
    this.wave = wave;
  }
}

export const InvitationWaveCreateResult = createUnionType({
  name: 'InvitationWaveCreateResult',
  description: 'What invitationWaveCreate answers.',
  types: () =>
    [InvitationWaveCreated, MailNotConfigured, SecretKeyMissing, IdempotencyKeyReused, InputInvalid, NotFound] as const,
});

export const InvitationWaveChangeResult = createUnionType({
  name: 'InvitationWaveChangeResult',
  description: 'What invitationWavePause, invitationWaveResume and invitationWaveCancel answer.',
  types: () => [InvitationWaveChanged, WaveOver, InputInvalid, NotFound] as const,
});
