import sql from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import { idsOf, ofAmbassador, type PersonalData } from '../platform/personal.js';
import { Activity } from './activity.entity.js';
import { Kudos } from './kudos.entity.js';

/** What the feed tells of somebody goes; kudos stay as numbers, without words, of whom they came from and to whom they went. */
export function defineSocial(personalData: PersonalData): void {
  personalData.whileNamed(
    async (tx, { ambassadorId }) => {
      if (ambassadorId === null) return;
      await tx.execute(sql`DELETE FROM activity_sharing WHERE ambassador_id = ${ambassadorId}`);
    },
    ['activity_sharing'],
  );
  personalData.define(
    {
      part: 'activities',
      entity: Activity,
      of: ofAmbassador(),
      keyOf: ({ id }) => id,
      erase: async (tx, rows) => {
        await tx.execute(sql`DELETE FROM activity WHERE id IN (${idsOf(rows)})`);
      },
      show: async (_, rows) => rows.map(({ kind, happenedAt }) => ({ kind, happenedAt })),
    },
    ['activity'],
  );
  const eraseWords = async (tx: Transaction, rows: readonly Kudos[]) => {
    await tx.execute(sql`UPDATE kudos SET message = NULL WHERE id IN (${idsOf(rows)})`);
  };
  const show = async (_: Reader, rows: readonly Kudos[]) =>
    rows.map(({ message, points, givenAt, withdrawnAt }) => ({ message, points, givenAt, withdrawnAt }));
  const given = { entity: Kudos, keyOf: ({ id }: Kudos) => id, erase: eraseWords, show };
  personalData.define({ ...given, part: 'kudosGiven', of: ofAmbassador(sql`from_id`) }, ['kudos']);
  personalData.define({ ...given, part: 'kudosReceived', of: ofAmbassador(sql`to_id`) });
  personalData.keepNumbers('kudos_report');
  personalData.concernNobody('social_terms');
}
