/** The example "Response Event Data" of https://api.surveymonkey.com/v3/docs#webhook-callbacks. */
export const surveyMonkey = {
  name: 'My Webhook',
  filter_type: 'collector',
  filter_id: '123456789',
  event_type: 'response_completed',
  event_id: '123456789',
  object_type: 'response',
  object_id: '123456',
  event_datetime: '2016-01-01T21:56:31.182613+00:00',
  resources: {
    respondent_id: '123456789',
    recipient_id: '123456789',
    collector_id: '123456789',
    survey_id: '123456789',
    user_id: '123456789',
  },
};

/**
 * The example of `GET /surveys/{id}/responses/{id}/details` of https://api.surveymonkey.com/v3/docs, with the readable
 * texts that `simple=true` adds to questions and answers.
 */
export const surveyMonkeyDetails = {
  total_time: 144,
  ip_address: '192.168.4.16',
  recipient_id: '',
  id: '123456',
  logic_path: {},
  metadata: {},
  date_modified: '2015-12-28T21:59:38+00:00',
  response_status: 'completed',
  custom_variables: {
    external_id: 'c-77',
    email: 'sam@example.com',
    custvar_1: 'one',
    custvar_2: 'two',
  },
  custom_value: 'custom identifier for the response',
  edit_url: 'https://www.surveymonkey.com/r/',
  analyze_url: 'https://www.surveymonkey.com/analyze/browse/',
  page_path: [],
  pages: [
    {
      id: '103332310',
      questions: [
        {
          id: '319352785',
          family: 'single_choice',
          subtype: 'vertical',
          heading: 'What do you use us for?',
          answers: [
            {
              choice_id: '3057839051',
              simple_text: 'Bicycles',
            },
          ],
        },
        {
          id: '319352786',
          family: 'matrix',
          subtype: 'rating',
          heading: 'How likely is it that you would recommend us?',
          answers: [
            {
              row_id: '3057839050',
              choice_id: '3057839060',
              simple_text: '9',
            },
          ],
        },
        {
          id: '319352787',
          family: 'open_ended',
          subtype: 'essay',
          heading: 'Why?',
          answers: [
            {
              text: 'They always pick up the phone',
              simple_text: 'They always pick up the phone',
            },
          ],
        },
      ],
    },
  ],
  collector_id: '50253690',
  date_created: '2015-12-28T21:57:14+00:00',
  survey_id: '123456789',
  collection_mode: 'default',
};
