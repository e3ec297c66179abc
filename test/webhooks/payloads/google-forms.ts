/** What the script of docs/webhooks-in.md sends. */
export const googleForms = {
  responseId: '2_ABaOnud',
  submittedAt: '2026-03-01T12:30:00.000Z',
  email: 'gita@example.com',
  answers: [
    {
      title: 'How likely are you to recommend us?',
      type: 'SCALE',
      value: '10',
    },
    {
      title: 'Why?',
      type: 'PARAGRAPH_TEXT',
      value: 'It simply works',
    },
    {
      title: 'What do you use?',
      type: 'CHECKBOX',
      value: ['Apps', 'Reports'],
    },
  ],
};
