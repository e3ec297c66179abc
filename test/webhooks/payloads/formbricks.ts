/** The example "Response Finished" of https://formbricks.com/docs/xm-and-surveys/core-features/integrations/webhooks. */
export const formbricks = [
  {
    data: {
      contact: null,
      contactAttributes: null,
      createdAt: '2025-07-24T07:47:29.507Z',
      data: {
        q1: 'clicked',
        q2: 'accepted',
      },
      displayId: 'displayId',
      endingId: 'endingId',
      finished: true,
      id: 'responseId',
      language: 'en',
      meta: {
        country: 'DE',
        url: 'https://app.formbricks.com/s/surveyId',
        userAgent: {
          browser: 'Chrome',
          device: 'desktop',
          os: 'macOS',
        },
      },
      singleUseId: null,
      survey: {
        createdAt: '2025-07-20T10:30:00.000Z',
        status: 'inProgress',
        title: 'Customer Satisfaction Survey',
        type: 'link',
        updatedAt: '2025-07-24T07:45:00.000Z',
      },
      surveyId: 'surveyId',
      tags: [],
      ttc: {
        _total: 4947.899999035763,
        q1: 2154.700000047684,
        q2: 2793.199999988079,
      },
      updatedAt: '2025-07-24T07:47:56.116Z',
      variables: {},
    },
    event: 'responseFinished',
    webhookId: 'webhookId',
  },
];
