import { Extensions, Field, Float, Int, ObjectType } from 'type-graphql';
import {
  EvidenceKind,
  EvidenceSource,
  everyGate,
  everyWeighedKind,
  SuperpromoterGateKey,
  type WeighedKind,
  weighedKinds,
} from './gate.js';
import { SuperpromoterNomination } from './nomination.entity.js';
import type { SuperpromoterSettings } from './terms.entity.js';

@ObjectType({ description: 'One thing that speaks for an ambassador at a gate.' })
export class GateEvidence {
  @Field(() => EvidenceKind, { description: 'What it is.' })
  readonly kind: EvidenceKind;

  @Field(() => EvidenceSource, { description: 'How it is known: stated, observed, or nominated by staff.' })
  readonly source: EvidenceSource;

  @Field(() => Int, { description: 'How many people, clicks or submissions; of a score, the score.' })
  readonly count: number;

  @Field({ description: 'When it was last so.' })
  readonly at: Date;

  @Field(() => Float, { description: 'What the program lets one of it count.' })
  readonly weight: number;

  @Field(() => SuperpromoterNomination, {
    nullable: true,
    description: 'The nomination that it is; null for anything else.',
  })
  readonly nomination: SuperpromoterNomination | null;

  /** The name of the survey that a score was given to. */
  readonly survey: string;
}

@ObjectType({ description: 'One gate of a superpromoter, and how an ambassador stands at it.' })
export class SuperpromoterGate {
  @Field(() => SuperpromoterGateKey, { description: 'Which gate.' })
  readonly gate: SuperpromoterGateKey;

  @Field({ description: 'Whether the value reaches the threshold.' })
  readonly passed: boolean;

  @Field(() => Float, {
    nullable: true,
    description: 'The last score, the SSM, or the IFM; null where no score was given within the window.',
  })
  readonly value: number | null;

  @Field(() => Float, { description: 'From which value on it is passed.' })
  readonly threshold: number;

  @Field(() => [GateEvidence], {
    description:
      'All that was found within the window: one line for each kind, and one for each nomination, at most 50.',
  })
  readonly evidence: readonly GateEvidence[];
}

@ObjectType({
  description:
    'Whether an ambassador is a superpromoter, and why: three gates, each with its evidence. Our own operationalisation; superpromoterTermsSet changes every weight and threshold.',
})
export class Superpromoter {
  @Field({ description: 'Whether all three gates are passed.' })
  readonly isSuperpromoter: boolean;

  @Extensions({ listLength: everyGate.length })
  @Field(() => [SuperpromoterGate], { description: 'ENTHUSIASTIC, SHARES and INFLUENCES, in this order.' })
  readonly gates: readonly SuperpromoterGate[];

  @Field({ description: 'From when on evidence counts.' })
  readonly since: Date;

  constructor(gates: readonly SuperpromoterGate[], since: Date) {
    this.isSuperpromoter = gates.every(({ passed }) => passed);
    this.gates = gates;
    this.since = since;
  }
}

/** How many there are of one kind, and since when. */
export interface Counted {
  readonly kind: WeighedKind;
  readonly count: number;
  readonly at: Date;
}

export interface LastScore {
  readonly score: number;
  readonly threshold: number;
  readonly at: Date;
  readonly survey: string;
}

/** The gate of enthusiasm: the last score against the threshold of its survey. */
export function enthusiasmGate(last: LastScore | undefined, thresholdWithout: number): SuperpromoterGate {
  const evidence = last
    ? [
        evidenceLine({
          kind: 'SCORE',
          source: 'STATED',
          count: last.score,
          at: last.at,
          survey: last.survey,
          weight: 1,
        }),
      ]
    : [];
  return Object.assign(new SuperpromoterGate(), {
    gate: 'ENTHUSIASTIC',
    passed: last !== undefined && last.score >= last.threshold,
    value: last?.score ?? null,
    threshold: last?.threshold ?? thresholdWithout,
    evidence,
  } as const);
}

/** SHARES or INFLUENCES: the weighed sum of what was counted. Nominations are shown one by one. */
export function weighedGate(
  gate: 'SHARES' | 'INFLUENCES',
  settings: SuperpromoterSettings,
  counted: readonly Counted[],
  nominations: readonly SuperpromoterNomination[],
): SuperpromoterGate {
  const kinds = everyWeighedKind.filter((kind) => weighedKinds[kind].gate === gate);
  const here = kinds.flatMap((kind) => counted.filter((each) => each.kind === kind));
  const value = here.reduce((sum, each) => sum + contribution(settings, each), 0);
  const threshold = gate === 'SHARES' ? settings.sharesFromHundredths : settings.influencesFromHundredths;
  const evidence = here.flatMap((each) => {
    const { source } = weighedKinds[each.kind];
    const weight = settings.weighings[each.kind].weightHundredths / 100;
    if (source !== 'NOMINATED') return [evidenceLine({ ...each, source, weight })];
    return nominations
      .filter((nomination) => nomination.gate === gate)
      .map((nomination) =>
        evidenceLine({ kind: each.kind, source, weight, count: nomination.people, at: nomination.seenAt, nomination }),
      );
  });
  return Object.assign(new SuperpromoterGate(), {
    gate,
    passed: value >= threshold,
    value: value / 100,
    threshold: threshold / 100,
    evidence,
  });
}

function contribution({ weighings }: SuperpromoterSettings, { kind, count }: Counted): number {
  const { weightHundredths, countMax } = weighings[kind];
  return weightHundredths * (countMax === null ? count : Math.min(count, countMax));
}

function evidenceLine(
  fields: Pick<GateEvidence, 'kind' | 'source' | 'count' | 'at' | 'weight'> &
    Partial<Pick<GateEvidence, 'nomination' | 'survey'>>,
): GateEvidence {
  return Object.assign(new GateEvidence(), { nomination: null, survey: '', ...fields });
}
