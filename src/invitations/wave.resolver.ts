import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { surveyById } from '../nps/nps.loaders.js';
import { Survey } from '../nps/survey.entity.js';
import { PageArgs } from '../platform/graphql/connection.js';
import type { InvitationService } from './invitation.service.js';
import { AskOutlook, AskOutlookArgs } from './outlook.js';
import type { OutlookService } from './outlook.service.js';
import { InvitationWave } from './wave.entity.js';
import {
  InvitationWaveCancelInput,
  InvitationWaveCreateInput,
  InvitationWavePauseInput,
  InvitationWavePreviewInput,
  InvitationWaveResumeInput,
} from './wave.inputs.js';
import {
  InvitationWaveChanged,
  InvitationWaveChangeResult,
  InvitationWaveConnection,
  InvitationWaveCreated,
  InvitationWaveCreateResult,
  InvitationWavePreview,
  SurveyInvitationConnection,
  WaveLinksCsv,
  WaveProgress,
} from './wave.results.js';
import type { WaveService } from './wave.service.js';

@Resolver(() => InvitationWave)
export class WaveResolver {
  constructor(
    private readonly waves: WaveService,
    private readonly people: InvitationService,
    private readonly outlooks: OutlookService,
  ) {}

  @Query(() => InvitationWaveConnection, { description: 'The waves of the program, newest first. For staff.' })
  async invitationWaves(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<InvitationWaveConnection> {
    return new InvitationWaveConnection(await this.waves.list(context, page));
  }

  @Query(() => InvitationWavePreview, {
    description:
      'Whom a wave would ask if it began now, and how many not, by reason. Nothing is written. For admins and servers.',
  })
  invitationWavePreview(
    @Ctx() context: RequestContext,
    @Arg('input', () => InvitationWavePreviewInput, { description: 'The wave to look at.' })
    input: InvitationWavePreviewInput,
  ): Promise<InvitationWavePreview> {
    return this.waves.preview(context, input);
  }

  @Query(() => AskOutlook, {
    nullable: true,
    description:
      'Why somebody is not asked for something now: everything that stands in the way, since when and until when. Null for somebody whom the program does not know. For staff.',
  })
  whyNotAsked(
    @Ctx() context: RequestContext,
    @Args(() => AskOutlookArgs) args: AskOutlookArgs,
  ): Promise<AskOutlook | undefined> {
    return this.outlooks.of(context, args);
  }

  @Mutation(() => InvitationWaveCreateResult, {
    description:
      'Sends a survey to many people at a moment: by mail, by links to hand out, or for a server to send itself. For admins and servers.',
  })
  async invitationWaveCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => InvitationWaveCreateInput) input: InvitationWaveCreateInput,
  ): Promise<typeof InvitationWaveCreateResult> {
    const result = await this.waves.create(context, input);
    return result instanceof InvitationWave ? new InvitationWaveCreated(result) : result;
  }

  @Mutation(() => InvitationWaveChangeResult, {
    description:
      'Holds a wave: nothing of it goes out until it is resumed. Done again it changes nothing. For admins and servers.',
  })
  async invitationWavePause(
    @Ctx() context: RequestContext,
    @Arg('input', () => InvitationWavePauseInput) input: InvitationWavePauseInput,
  ): Promise<typeof InvitationWaveChangeResult> {
    return changed(await this.waves.pause(context, input.waveId));
  }

  @Mutation(() => InvitationWaveChangeResult, {
    description: 'Lets a wave go on, at its own rate. Done again it changes nothing. For admins and servers.',
  })
  async invitationWaveResume(
    @Ctx() context: RequestContext,
    @Arg('input', () => InvitationWaveResumeInput) input: InvitationWaveResumeInput,
  ): Promise<typeof InvitationWaveChangeResult> {
    return changed(await this.waves.resume(context, input.waveId));
  }

  @Mutation(() => InvitationWaveChangeResult, {
    description:
      'Ends a wave for good: nobody more is asked or reminded. Done again it changes nothing. For admins and servers.',
  })
  async invitationWaveCancel(
    @Ctx() context: RequestContext,
    @Arg('input', () => InvitationWaveCancelInput) input: InvitationWaveCancelInput,
  ): Promise<typeof InvitationWaveChangeResult> {
    return changed(await this.waves.cancel(context, input.waveId));
  }

  @FieldResolver(() => Survey, { description: 'What is asked.' })
  async survey(@Root() { surveyId }: InvitationWave, @Ctx() context: RequestContext): Promise<Survey> {
    const survey = await surveyById.load(context, surveyId);
    if (!survey) throw new Error('The survey of a wave is gone');
    return survey;
  }

  @FieldResolver(() => WaveProgress, { description: 'How many people are how far.' })
  progress(@Root() wave: InvitationWave, @Ctx() context: RequestContext): Promise<WaveProgress> {
    return this.people.progressOf(context, wave);
  }

  @FieldResolver(() => SurveyInvitationConnection, { description: 'The people of the wave, once they are looked at.' })
  async invitations(
    @Root() wave: InvitationWave,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<SurveyInvitationConnection> {
    return new SurveyInvitationConnection(await this.people.list(wave, page));
  }

  @FieldResolver(() => WaveLinksCsv, {
    nullable: true,
    description: 'The links to hand out, as CSV; null for a wave by mail. For admins and servers.',
  })
  linksCsv(
    @Root() wave: InvitationWave,
    @Ctx() context: RequestContext,
    @Arg('after', () => String, { nullable: true, description: 'Where the page before ended.' }) after?: string,
  ): Promise<WaveLinksCsv | null> {
    return this.people.linksCsv(context, wave, after ?? null);
  }
}

function changed(
  result: Awaited<ReturnType<WaveService['pause']>>,
): InvitationWaveChanged | Exclude<typeof result, InvitationWave> {
  return result instanceof InvitationWave ? new InvitationWaveChanged(result) : result;
}
