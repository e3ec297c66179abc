/** The demo program, as it is found and as it begins. */
export const demoProgram = { slug: 'demo', name: 'Havenlicht', timeZone: 'Europe/Amsterdam' };
