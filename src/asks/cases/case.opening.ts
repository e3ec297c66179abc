import sql from 'sql-template-tag';
import type { Transaction } from '../../platform/database/database.js';
import type { AppEvent, Events } from '../../platform/events/events.js';
import { Program } from '../../programs/program.entity.js';
import { dueAt } from './case.due.js';
import { Case } from './case.entity.js';
import './case.events.js';
import { noteStep } from './case.steps.js';
import { caseSettingsOf, nextOwner } from './case.terms.service.js';

/** Opens a case for whoever answered as a detractor, in the transaction of the answer; not for who has no name. */
export class CaseOpening {
  constructor(private readonly events: Events) {}

  async follow(tx: Transaction, { programId, payload }: AppEvent<'response.recorded'>): Promise<void> {
    const { responseId, contactId, band } = payload;
    if (band !== 'DETRACTOR' || contactId === null) return;
    const settings = await caseSettingsOf(tx, programId);
    const program = await tx.first(Program, sql`WHERE id = ${programId}`);
    if (!program || !settings.isOn) return;
    const owner = await nextOwner(tx, programId, settings);
    const opened = Object.assign(new Case(), {
      ...{ id: tx.newId(), programId, responseId, contactId, owner, openedAt: tx.now, entries: 0 },
      ...{ status: 'OPEN' as const, resolvedAt: null, outcome: null, escalatedAt: null },
      dueAt: dueAt(settings, program.timeZone, tx.now),
    });
    await tx.insert(Case, opened);
    await noteStep(tx, opened, { step: 'OPENED', owner });
    await this.events.emit(tx, 'case.opened', programId, { caseId: opened.id, owner });
  }
}
