/** Where reviews are written: its name, what people call it too, and its domains; subdomains belong to it. */
export interface Platform {
  readonly key: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly alsoCalled?: readonly string[];
}

/** The same name under the domains of several countries. */
function countries(name: string, ...endings: readonly string[]): string[] {
  return ['com', ...endings].map((ending) => `${name}.${ending}`);
}

const europe = ['nl', 'be', 'de', 'at', 'ch', 'fr', 'es', 'it', 'pt', 'pl', 'se', 'dk', 'fi', 'ie', 'co.uk'];
const world = [...europe, 'ca', 'com.au', 'co.nz', 'com.br', 'com.mx', 'co.jp', 'in', 'com.tr'];

/** Platforms that every program knows. A program adds its own, or gives one of these other domains. */
export const knownPlatforms: readonly Platform[] = [
  {
    key: 'trustpilot',
    name: 'Trustpilot',
    domains: countries('trustpilot', 'nl', 'de', 'fr', 'es', 'it', 'se', 'dk', 'co.uk'),
  },
  {
    key: 'google',
    name: 'Google',
    domains: [
      ...countries('google', ...world, 'no', 'cz', 'gr', 'hu', 'ro', 'com.sg', 'co.za'),
      'g.page',
      'maps.app.goo.gl',
    ],
    alsoCalled: ['Google Reviews', 'Google Maps', 'Google Business', 'Google My Business', 'Google Play', 'Play Store'],
  },
  { key: 'g2', name: 'G2', domains: ['g2.com', 'g2crowd.com'], alsoCalled: ['G2 Crowd'] },
  {
    key: 'capterra',
    name: 'Capterra',
    domains: countries('capterra', ...world, 'cl', 'co', 'ae', 'co.za', 'com.sg', 'com.ar'),
  },
  { key: 'getapp', name: 'GetApp', domains: countries('getapp', ...world, 'cl', 'co', 'ae', 'sg', 'co.za') },
  { key: 'software-advice', name: 'Software Advice', domains: countries('softwareadvice', ...world, 'cl', 'co', 'sg') },
  { key: 'gartner', name: 'Gartner Peer Insights', domains: ['gartner.com'], alsoCalled: ['Gartner', 'Peer Insights'] },
  { key: 'trustradius', name: 'TrustRadius', domains: ['trustradius.com'] },
  { key: 'peerspot', name: 'PeerSpot', domains: ['peerspot.com', 'itcentralstation.com'] },
  { key: 'sourceforge', name: 'SourceForge', domains: ['sourceforge.net'] },
  { key: 'product-hunt', name: 'Product Hunt', domains: ['producthunt.com'] },
  { key: 'clutch', name: 'Clutch', domains: ['clutch.co'] },
  { key: 'omr', name: 'OMR Reviews', domains: ['omr.com'], alsoCalled: ['OMR'] },
  { key: 'appvizer', name: 'Appvizer', domains: ['appvizer.com', 'appvizer.fr', 'appvizer.de', 'appvizer.it'] },
  {
    key: 'app-store',
    name: 'App Store',
    domains: ['apps.apple.com', 'itunes.apple.com'],
    alsoCalled: ['Apple', 'Apple App Store'],
  },
  {
    key: 'microsoft-store',
    name: 'Microsoft Store',
    domains: ['apps.microsoft.com', 'microsoft.com'],
    alsoCalled: ['AppSource'],
  },
  {
    key: 'kiyoh',
    name: 'Kiyoh',
    domains: ['kiyoh.com', 'kiyoh.nl', 'klantenvertellen.nl'],
    alsoCalled: ['Klantenvertellen'],
  },
  { key: 'feedback-company', name: 'Feedback Company', domains: ['feedbackcompany.com', 'feedbackcompany.nl'] },
  {
    key: 'trusted-shops',
    name: 'Trusted Shops',
    domains: countries('trustedshops', 'nl', 'be', 'de', 'at', 'ch', 'fr', 'es', 'it', 'pl', 'pt', 'eu', 'co.uk'),
  },
  { key: 'webwinkelkeur', name: 'WebwinkelKeur', domains: ['webwinkelkeur.nl'] },
  { key: 'zorgkaart', name: 'ZorgkaartNederland', domains: ['zorgkaartnederland.nl'], alsoCalled: ['Zorgkaart'] },
  { key: 'independer', name: 'Independer', domains: ['independer.nl'] },
  { key: 'werkspot', name: 'Werkspot', domains: ['werkspot.nl'] },
  { key: 'reviews-io', name: 'REVIEWS.io', domains: ['reviews.io', 'reviews.co.uk'] },
  { key: 'feefo', name: 'Feefo', domains: ['feefo.com'] },
  { key: 'ekomi', name: 'eKomi', domains: countries('ekomi', 'nl', 'de', 'fr', 'es', 'it', 'co.uk') },
  { key: 'provenexpert', name: 'ProvenExpert', domains: ['provenexpert.com'] },
  {
    key: 'yelp',
    name: 'Yelp',
    domains: countries('yelp', ...world, 'no', 'cz', 'com.sg', 'com.ph', 'com.hk', 'com.tw'),
  },
  {
    key: 'tripadvisor',
    name: 'Tripadvisor',
    domains: countries('tripadvisor', ...world, 'com.gr', 'com.sg', 'com.my', 'com.ph', 'com.hk', 'jp', 'co.za'),
  },
  { key: 'booking', name: 'Booking.com', domains: ['booking.com'], alsoCalled: ['Booking'] },
  { key: 'zoover', name: 'Zoover', domains: ['zoover.nl', 'zoover.be', 'zoover.com'] },
  {
    key: 'thefork',
    name: 'TheFork',
    domains: countries('thefork', 'nl', 'be', 'fr', 'it', 'es', 'pt', 'ch', 'se', 'co.uk', 'com.au'),
    alsoCalled: ['IENS'],
  },
  {
    key: 'amazon',
    name: 'Amazon',
    domains: countries(
      'amazon',
      'nl',
      'com.be',
      'de',
      'fr',
      'es',
      'it',
      'pl',
      'se',
      'ie',
      'co.uk',
      'ca',
      'com.au',
      'com.br',
      'com.mx',
      'co.jp',
      'in',
      'sg',
      'ae',
      'sa',
      'eg',
      'com.tr',
    ),
  },
  { key: 'bol', name: 'bol', domains: ['bol.com'], alsoCalled: ['bol.com'] },
  { key: 'coolblue', name: 'Coolblue', domains: ['coolblue.nl', 'coolblue.be', 'coolblue.de'] },
  { key: 'tweakers', name: 'Tweakers', domains: ['tweakers.net'] },
  { key: 'facebook', name: 'Facebook', domains: ['facebook.com', 'fb.com'] },
  { key: 'linkedin', name: 'LinkedIn', domains: ['linkedin.com'] },
  { key: 'glassdoor', name: 'Glassdoor', domains: countries('glassdoor', ...world, 'sg', 'com.hk', 'com.ar') },
  { key: 'indeed', name: 'Indeed', domains: ['indeed.com', 'indeed.nl', 'indeed.de', 'indeed.fr', 'indeed.co.uk'] },
  { key: 'bbb', name: 'Better Business Bureau', domains: ['bbb.org'], alsoCalled: ['BBB'] },
  { key: 'sitejabber', name: 'Sitejabber', domains: ['sitejabber.com'] },
  { key: 'consumer-affairs', name: 'ConsumerAffairs', domains: ['consumeraffairs.com'] },
  { key: 'goodreads', name: 'Goodreads', domains: ['goodreads.com'] },
  { key: 'youtube', name: 'YouTube', domains: ['youtube.com', 'youtu.be'] },
];
