import type { NpsBand } from '../../programs/nps-band.js';

/** What customers of the demo brand add to their scores. */
export const comments: Readonly<Record<NpsBand, readonly string[]>> = {
  PROMOTER: [
    'Planning a week used to take me a morning. Now it is done before the first coffee.',
    'The engineers like the app, and they like very little.',
    'Support rang back within the hour, on a Friday afternoon.',
    'Since the route planning we drive a fifth less. The numbers are real.',
    'De app werkt ook in de kelder zonder bereik. Goud waard.',
    'Eindelijk een planbord dat iedereen begrijpt.',
    'We switched from spreadsheets in two weeks. I would not go back.',
    'Your people know our trade. That is rare for a software company.',
    'Endlich sieht das Büro, was draußen passiert.',
    'Customers notice that we arrive when we say we will.',
    'The new maintenance contracts screen saves us one invoice run a month.',
    'La mise en route a été simple, et l’équipe est à l’écoute.',
    'I recommended you to two colleagues at the trade fair already.',
  ],
  PASSIVE: [
    'Does what it should. The reports could be easier to read.',
    'Good planning board; the invoicing link needs a second look every month.',
    'Happy in general, but I had hoped for the German forms by now.',
    'Prima, al mag de app wat sneller opstarten.',
    'Solid. I would like to see the stock of each van.',
    'Fine for us at this size; not sure about it when we grow.',
    'The training was good, half a day more would have helped.',
    'Werkt goed, maar de exports naar de boekhouding blijven een puzzel.',
  ],
  DETRACTOR: [
    'Three updates in a month, and each moved a button we use daily.',
    'Waited four days for an answer about our invoices.',
    'The app logs my engineers out in the middle of a job.',
    'Te duur voor een klein bedrijf als het onze.',
    'The import of our customers lost half of the notes.',
    'Promised in spring, still not there: forms in French.',
    'Die Schnittstelle zur Buchhaltung ist seit Wochen defekt.',
    'Route planning sends us through the tunnel at rush hour, every day.',
  ],
};

export const rejectionReasons = [
  'The link does not open. Send it again and it counts.',
  'This is the same post as last month; tell us something new.',
  'We could not find the review under this address.',
  'It says nothing about what you did. A sentence or two is enough.',
];

export const adjustmentReasons = [
  'Spoke at our user day in Utrecht',
  'Showed the planning board to visitors from Antwerp',
  'Brought cake to the beta evening',
  'Helped a new customer on a Saturday',
  'Judge of the idea contest',
  'Answered ten questions in the community',
];
