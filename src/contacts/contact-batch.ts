import sql, { join, type Sql } from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import type { AttributeChange } from './attribute-changes.js';
import { Contact, ContactAttribute, type ContactAttributes, type ContactKind } from './contact.entity.js';
import type { ContactInput } from './contact.inputs.js';
import { attributeText, searchableAttributes } from './contact.service.js';

/** A contact as a batch leaves it; without an id until it is written, where the program did not know it. */
export interface ContactDraft {
  id: string | undefined;
  externalId: string | null;
  displayName: string | null;
  email: string | null;
  attributes: Record<string, unknown>;
  /** What the program knew before. */
  readonly knownAttributes: ContactAttributes;
  kind: ContactKind | null;
  isChanged: boolean;
  hasNewAttributes: boolean;
}

/**
 * Many contacts at once, by the rules of `ContactService.identify`: looked up in a few statements, brought up to date in
 * memory, in which one contact may come several times, and written in a few statements.
 */
export class ContactBatch {
  private readonly drafts = new Set<ContactDraft>();
  private readonly byExternalId = new Map<string, ContactDraft>();
  private readonly byEmail = new Map<string, ContactDraft>();

  private constructor(private readonly programId: string) {}

  /** Looks up whom the inputs name. `lock` is the transaction's `forUpdate`, or empty where nothing will be written. */
  static async load(db: Reader, programId: string, inputs: readonly ContactInput[], lock: Sql): Promise<ContactBatch> {
    const batch = new ContactBatch(programId);
    const seen = new Set<string>();
    const find = async (column: Sql, values: Set<string>) => {
      for (const list of listsOf([...values].sort())) {
        const rows = await db.select(
          Contact,
          sql`WHERE program_id = ${programId} AND ${column} IN (${join(list)}) ORDER BY ${column} ${lock}`,
        );
        for (const row of rows) {
          if (!seen.has(row.id))
            batch.add({ ...row, attributes: { ...row.attributes }, knownAttributes: row.attributes, ...unchanged });
          seen.add(row.id);
        }
      }
    };
    await find(sql`external_id`, given(inputs.map(({ externalId }) => externalId)));
    await find(sql`email`, given(inputs.map(({ email }) => email)));
    return batch;
  }

  /** The contact that an input names: by the owner's id first, then by the address; undefined if it is a new one. */
  find(input: ContactInput): ContactDraft | undefined {
    const byExternalId = input.externalId ? this.byExternalId.get(input.externalId) : undefined;
    if (byExternalId || !input.email) return byExternalId;
    const byEmail = this.byEmail.get(input.email);
    const isSomebodyElse = input.externalId && byEmail?.externalId && byEmail.externalId !== input.externalId;
    return isSomebodyElse ? undefined : byEmail;
  }

  /** Whether the address of an input belongs to another contact than the one that it names. */
  isAddressOfAnother(input: ContactInput): boolean {
    const holder = input.email ? this.byEmail.get(input.email) : undefined;
    return holder !== undefined && holder !== this.find(input);
  }

  /** The contact that an input names, made or brought up to date with what it says. */
  adopt(input: ContactInput): ContactDraft {
    const draft = this.find(input) ?? newDraft();
    const { externalId, email, displayName, kind } = input;
    if (externalId && externalId !== draft.externalId) this.change(draft, { externalId });
    if (displayName && displayName !== draft.displayName) this.change(draft, { displayName });
    if (kind && kind !== draft.kind) this.change(draft, { kind });
    if (email && email !== draft.email) {
      if (draft.email) this.byEmail.delete(draft.email);
      this.change(draft, { email });
    }
    for (const [name, value] of Object.entries(input.attributes ?? {})) {
      if (attributeText(draft.attributes[name]) === attributeText(value)) continue;
      draft.attributes[name] = value;
      draft.hasNewAttributes = true;
    }
    this.add(draft);
    return draft;
  }

  /**
   * Writes what the batch made and changed; throws a unique violation when somebody else did so at the same moment.
   * Answers with the changes of attributes of those who were known before.
   */
  async write(tx: Transaction): Promise<AttributeChange[]> {
    const { made, changed } = this;
    for (const draft of changed) await update(tx, draft);
    const contacts = made.map((draft) => this.row(tx, draft));
    await tx.insert(Contact, contacts);
    const reindexed = changed.filter((draft) => draft.hasNewAttributes);
    for (const ids of listsOf(reindexed.map(({ id }) => id))) {
      await tx.execute(sql`DELETE FROM contact_attribute WHERE contact_id IN (${join(ids)})`);
    }
    const attributes = [...contacts, ...reindexed].flatMap(({ id, attributes: all }) =>
      searchableAttributes({ id: id ?? '', programId: this.programId, attributes: all }),
    );
    await tx.insert(ContactAttribute, attributes);
    return reindexed.map(({ id, knownAttributes: before, attributes: after }) => ({
      contactId: id ?? '',
      before,
      after,
    }));
  }

  private get made(): ContactDraft[] {
    return [...this.drafts].filter(({ id }) => id === undefined);
  }

  private get changed(): ContactDraft[] {
    return [...this.drafts].filter(
      ({ id, isChanged, hasNewAttributes }) => id !== undefined && (isChanged || hasNewAttributes),
    );
  }

  private change(draft: ContactDraft, values: Partial<ContactDraft>): void {
    Object.assign(draft, values, { isChanged: true });
  }

  private add(draft: ContactDraft): void {
    if (draft.externalId) this.byExternalId.set(draft.externalId, draft);
    if (draft.email) this.byEmail.set(draft.email, draft);
    this.drafts.add(draft);
  }

  private row(tx: Transaction, draft: ContactDraft): Contact {
    draft.id = tx.newId();
    const { id, externalId, displayName, email, attributes, kind } = draft;
    const { programId } = this;
    const columns = { id, programId, externalId, displayName, email, attributes, kind, createdAt: tx.now };
    return Object.assign(new Contact(), columns);
  }
}

const unchanged = { isChanged: false, hasNewAttributes: false } as const;

function newDraft(): ContactDraft {
  return {
    id: undefined,
    externalId: null,
    displayName: null,
    email: null,
    attributes: {},
    knownAttributes: {},
    kind: null,
    ...unchanged,
  };
}

function given(values: readonly (string | null | undefined)[]): Set<string> {
  return new Set(values.filter((value) => value !== null && value !== undefined));
}

async function update(tx: Transaction, draft: ContactDraft): Promise<void> {
  await tx.execute(sql`
    UPDATE contact SET external_id = ${draft.externalId}, email = ${draft.email},
      display_name = ${draft.displayName}, attributes = ${JSON.stringify(draft.attributes)},
      kind = ${draft.kind}
    WHERE id = ${draft.id}`);
}
