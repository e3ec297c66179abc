/** The example of https://app.delighted.com/docs/api/webhooks, with its first additional answers. */
export const delighted = {
  event_type: 'survey_response.updated',
  event_id: 'b8d057c59327541d7ec2104c0a9a255ad1997fb00831b9c6bbf09561e6d5cbd0',
  event_data: {
    id: '5435',
    person: {
      id: '5975',
      email: 'charlie_gravis@example.com',
      name: 'Charlie Gravis',
      created_at: 1732186784,
    },
    survey_type: 'nps',
    score: 9,
    comment: 'Your service is fast and flawless!',
    permalink: 'https://app.delighted.com/r/5pFDpmlyC8GUc5oxU6USto5VonSKAqOa',
    created_at: 1732186844,
    updated_at: 1732187444,
    person_properties: null,
    notes: [],
    tags: [],
    additional_answers: [
      {
        id: '4',
        value: {
          free_response: null,
          scale: null,
          select_one: null,
          select_many: [
            {
              id: 'DxmjNj',
              text: 'Convenience',
            },
            {
              id: 'uNQIig',
              text: 'Friendly staff',
            },
          ],
        },
        question: {
          id: 'enum_z9EvYV',
          type: 'select_many',
          text: 'What specifically did you enjoy about your experience with us?',
        },
      },
    ],
  },
};
