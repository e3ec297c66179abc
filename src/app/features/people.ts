import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { AmbassadorResolver } from '../../ambassadors/ambassador.resolver.js';
import { AmbassadorService } from '../../ambassadors/ambassador.service.js';
import { AttributeChanges } from '../../contacts/attribute-changes.js';
import { Contact } from '../../contacts/contact.entity.js';
import { ContactService } from '../../contacts/contact.service.js';
import type { Kit } from './kit.js';

/** Whom a program knows, and who of them joined. */
export function composePeople({ database, events, nodes }: Kit) {
  const attributeChanges = new AttributeChanges();
  const contacts = new ContactService(events, attributeChanges);
  const ambassadors = new AmbassadorService(database, events, contacts);
  nodes.register(Contact, (context, id) => ambassadors.findContact(context, id));
  nodes.register(Ambassador, (context, id) => ambassadors.find(context, id));
  return {
    services: { attributeChanges, contacts, ambassadors },
    resolvers: [new AmbassadorResolver(ambassadors)],
    jobs: [],
  };
}
