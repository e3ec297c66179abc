import type { Challenge } from '../../challenges/challenge.entity.js';
import type { RequestContext } from '../../identity/session.js';
import { type Calendar, daysOfYear } from './calendar.js';
import { type DemoChallenge, proofOf } from './challenges.js';
import type { Dice } from './dice.js';
import type { DemoAmbassador } from './people.js';
import { granted, type Plan, type Stage } from './stage.js';
import { rejectionReasons } from './texts.js';

const rejectedShare = 0.11;
const wakesMinute = 7 * 60;
const sleepsMinute = 22 * 60;
const officeOpensMinute = 9 * 60;
const officeClosesMinute = 17 * 60;
/** This morning some are up early, so that there is something new on every day of the year. */
const early = { from: 1, to: 6 * 60, perAmbassador: 0.2 };
/** Nobody has decided on anything for so long, so that a moderator finds something to do. */
const moderatorAwayDays = 4;
const votersMax = 7;
const votersDaysMax = 6;

/** A challenge as the program has it, with how the story sees it. */
export interface Offer {
  readonly demo: DemoChallenge;
  readonly challenge: Challenge;
}

/** A submission to be made, and once it is made its id. */
interface Deed {
  readonly by: DemoAmbassador;
  readonly offer: Offer;
  readonly day: number;
  readonly rejected: boolean;
  submissionId?: string;
}

/** Plans when the ambassadors join, what they then do, what comes of it, and what they think of each other's ideas. */
export function planDeeds(plan: Plan, offers: readonly Offer[]): void {
  const deeds = plan.ambassadors.flatMap((ambassador) => {
    planJoining(plan, ambassador);
    return new Diary(plan, offers, ambassador).plan();
  });
  for (const deed of deeds) {
    if (deed.offer.demo.kind === 'IDEA' && !deed.rejected) planVotes(plan, deed);
  }
}

function planJoining({ stage, calendar, dice, joined }: Plan, ambassador: DemoAmbassador): void {
  calendar.plan(ambassador.joinsOn, dice.between(officeOpensMinute, officeClosesMinute), async () => {
    const { contact } = ambassador;
    const input = { contact, displayName: contact.displayName };
    const enrolled = granted(await stage.features.ambassadors.enroll(stage.as('INTEGRATION', 'crm'), input));
    joined.set(contact.externalId, enrolled.id);
  });
}

/** One ambassador's year. */
class Diary {
  private readonly timesDone = new Map<Offer, number>();
  private readonly stage: Stage;
  private readonly calendar: Calendar;
  private readonly dice: Dice;

  constructor(
    private readonly story: Plan,
    private readonly offers: readonly Offer[],
    private readonly ambassador: DemoAmbassador,
  ) {
    this.stage = story.stage;
    this.calendar = story.calendar;
    this.dice = story.dice;
  }

  plan(): Deed[] {
    const { joinsOn, deedsPerWeek, everyWeekFrom = daysOfYear } = this.ambassador;
    const deeds: Deed[] = [];
    for (let day = joinsOn + 1; day < daysOfYear; day++) {
      const minute = this.dice.between(wakesMinute, sleepsMinute);
      const keepsStreak = day >= everyWeekFrom && this.calendar.weekdayOf(day) === 3;
      if (keepsStreak) deeds.push(...this.planOne(day, minute, ({ demo }) => demo.verification === 'AUTOMATIC'));
      else if (this.dice.happens(deedsPerWeek / 7)) deeds.push(...this.planOne(day, minute));
    }
    if (this.dice.happens(early.perAmbassador)) {
      const minute = this.dice.between(early.from, early.to);
      deeds.push(...this.planOne(daysOfYear, minute, ({ demo }) => demo.verification === 'AUTOMATIC'));
    }
    return deeds;
  }

  /** One submission to a challenge that is open and not done too often; none if there is no such challenge. */
  private planOne(day: number, minute: number, suits: (offer: Offer) => boolean = () => true): Deed[] {
    const open = this.offers.filter((offer) => isOpenOn(offer, day) && !this.isDoneTooOften(offer) && suits(offer));
    if (open.length === 0) return [];
    const offer = this.dice.weighted(open, ({ demo }) => demo.appeal);
    this.timesDone.set(offer, (this.timesDone.get(offer) ?? 0) + 1);
    const rejected = offer.demo.verification === 'MANUAL' && this.dice.happens(rejectedShare);
    const deed: Deed = { by: this.ambassador, offer, day, rejected };
    const proof = proofOf(offer.demo.kind, this.ambassador.contact.displayName, this.dice);
    this.calendar.plan(day, minute, async () => {
      const context = asAmbassador(this.story, this.ambassador);
      const challengeId = offer.challenge.globalId();
      if (!(await hasSeat(this.stage, context, offer))) return;
      const input = { challengeId, proof };
      deed.submissionId = granted(await this.stage.features.submissions.submit(context, input)).submission.globalId();
    });
    if (offer.demo.verification !== 'AUTOMATIC') this.planDecision(deed);
    return [deed];
  }

  private planDecision(deed: Deed): void {
    const day = deed.day + this.dice.between(1, 4);
    const minute = this.dice.between(officeOpensMinute, officeClosesMinute);
    const reason = this.dice.pick(rejectionReasons);
    if (day >= daysOfYear - moderatorAwayDays) return;
    this.calendar.plan(day, minute, async () => {
      const { decisions } = this.stage.features;
      if (!deed.submissionId) return;
      const submissionId = idOf(deed);
      const byServer = deed.offer.demo.verification === 'INTEGRATION';
      const context = byServer ? this.stage.as('INTEGRATION', 'crm') : this.stage.as('MODERATOR', 'milan');
      if (deed.rejected) granted(await decisions.reject(context, { submissionId, reason }));
      else granted(await decisions.approve(context, { submissionId }));
    });
  }

  private isDoneTooOften(offer: Offer): boolean {
    const { maxPerAmbassador } = offer.demo;
    return maxPerAmbassador !== null && (this.timesDone.get(offer) ?? 0) >= maxPerAmbassador;
  }
}

/** Asks for a seat where there is a number of them; who stands in line does not submit. */
async function hasSeat({ features }: Stage, context: RequestContext, { demo, challenge }: Offer): Promise<boolean> {
  if (demo.seats === undefined) return true;
  const seat = granted(await features.seats.request(context, { challengeId: challenge.globalId() }));
  return seat.status === 'TAKEN';
}

function planVotes(plan: Plan, deed: Deed): void {
  const { stage, calendar, dice, ambassadors } = plan;
  const present = ambassadors.filter((each) => each !== deed.by && each.joinsOn < deed.day);
  if (present.length === 0) return;
  const voters = new Set(Array.from({ length: dice.between(0, votersMax) }, () => dice.pick(present)));
  for (const voter of voters) {
    const day = deed.day + dice.between(1, votersDaysMax);
    const minute = dice.between(wakesMinute, sleepsMinute);
    if (day >= daysOfYear) continue;
    calendar.plan(day, minute, async () => {
      granted(await stage.features.votes.cast(asAmbassador(plan, voter), { submissionId: idOf(deed) }));
    });
  }
}

function isOpenOn({ demo }: Offer, day: number): boolean {
  const [from, to] = demo.days ?? [0, Number.POSITIVE_INFINITY];
  return day >= from && day < to;
}

function asAmbassador({ stage, joined }: Plan, { contact }: DemoAmbassador) {
  const ambassadorId = joined.get(contact.externalId);
  if (!ambassadorId) throw new Error(`${contact.externalId} has not joined yet`);
  return stage.asAmbassador(contact.externalId, ambassadorId);
}

function idOf({ submissionId }: Deed): string {
  if (!submissionId) throw new Error('A submission is decided before it is made');
  return submissionId;
}
