import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { Erasure } from './erasure.entity.js';
import { ErasureService } from './erasure.service.js';
import { ExportService } from './export.service.js';
import {
  ContactEraseInput,
  ContactExportInput,
  ErasuresArgs,
  MeErasureRequestInput,
  MeExportInput,
} from './person.inputs.js';
import {
  ContactErased,
  ContactEraseResult,
  ContactExportResult,
  ErasureConnection,
  MeErasureRequested,
  MeErasureRequestResult,
} from './person.results.js';

@Resolver()
export class PersonResolver {
  constructor(
    private readonly erasures: ErasureService,
    private readonly exports: ExportService,
  ) {}

  @Query(() => ErasureConnection, {
    name: 'erasures',
    description: 'Who asked to be erased, and which erasures there were, newest first. For admins.',
  })
  async list(@Ctx() context: RequestContext, @Args(() => ErasuresArgs) args: ErasuresArgs): Promise<ErasureConnection> {
    return new ErasureConnection(await this.erasures.list(context, args));
  }

  @Mutation(() => ContactEraseResult, {
    description:
      'Forgets a person for good: name, address, attributes, words, and what else leads to them, everywhere in the program. Numbers stay, so that no total changes: points, places, votes and scores go on counting, and belong to nobody. They cannot sign in any more; whoever is known later by the same externalId or address is somebody new. Done again it changes nothing. For admins.',
  })
  async contactErase(
    @Ctx() context: RequestContext,
    @Arg('input', () => ContactEraseInput) input: ContactEraseInput,
  ): Promise<typeof ContactEraseResult> {
    const result = await this.erasures.erase(context, input);
    return result instanceof Erasure ? new ContactErased(result) : result;
  }

  @Mutation(() => MeErasureRequestResult, {
    description: 'Asks to be forgotten. It is noted for the admins, who carry it out. For ambassadors.',
  })
  async meErasureRequest(
    @Ctx() context: RequestContext,
    @Arg('input', () => MeErasureRequestInput) input: MeErasureRequestInput,
  ): Promise<typeof MeErasureRequestResult> {
    const result = await this.erasures.request(context, input);
    return result instanceof Erasure ? new MeErasureRequested(result) : result;
  }

  @Mutation(() => ContactExportResult, {
    description:
      'Gives out all that is known of a person, page by page, for machines to read. That it was done is noted. For admins.',
  })
  contactExport(
    @Ctx() context: RequestContext,
    @Arg('input', () => ContactExportInput) input: ContactExportInput,
  ): Promise<typeof ContactExportResult> {
    return this.exports.ofContact(context, input);
  }

  @Mutation(() => ContactExportResult, {
    description: 'Gives out all that is known of the calling ambassador, page by page, for machines to read.',
  })
  meExport(
    @Ctx() context: RequestContext,
    @Arg('input', () => MeExportInput) input: MeExportInput,
  ): Promise<typeof ContactExportResult> {
    return this.exports.ofCaller(context, input);
  }
}
