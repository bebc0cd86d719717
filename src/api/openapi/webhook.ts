import { type Static, Type } from 'typebox'
import { ALERT_EVENTS, type Json, SEVERITIES } from '#domain'
import { OrNull, Time } from '../answer-fields.ts'
import { type Components, type JsonSchema, plainSchema } from './plain-schema.ts'

const WebhookPayload = Type.Object(
  {
    event: Type.Enum([...ALERT_EVENTS, 'test'], { description: 'What happened.', examples: ['monitor.down'] }),
    timestamp: Time('When it happened.'),
    monitor: OrNull(
      Type.Object({
        id: Type.String({ examples: ['mon_4f7k2p9x1c8w5z3a'] }),
        name: Type.String({ examples: ['Production API'] }),
        url: OrNull(Type.String({ examples: ['https://api.example.com'] })),
        type: Type.String({ examples: ['API'] }),
        status: Type.String({ examples: ['DOWN'] }),
      }),
      'Null for an incident of no monitor, or of one that is gone.',
    ),
    incident: OrNull(
      Type.Object({
        id: Type.String({ examples: ['inc_4f7k2p9x1c8w5z3a'] }),
        startedAt: Time('When it began.'),
        duration: Type.Number({ description: 'Seconds until now, or until it ended.', examples: [300] }),
        checksFailed: Type.Integer({ examples: [3] }),
        incidentNumber: Type.String({ examples: ['INC-00042'] }),
        severity: Type.Unsafe<string>(Type.Enum(SEVERITIES, { examples: ['HIGH'] })),
      }),
      'The incident, where there is one.',
    ),
    check: OrNull(
      Type.Object({
        statusCode: OrNull(Type.Number({ examples: [500] })),
        responseTime: OrNull(Type.Number({ examples: [1250] }), 'ms'),
        error: OrNull(Type.String({ examples: ['expected status 200, got 500'] })),
        region: OrNull(Type.String({ examples: ['us-east-1'] })),
      }),
      'The check that showed it.',
    ),
    details: Type.Optional(
      Type.Unsafe<Json>(
        Type.Unknown({ description: 'Facts of one kind of event, such as the certificate of `ssl.expiring`.' }),
      ),
    ),
  },
  { title: 'WebhookPayload', description: 'What a webhook is told.' },
)

/** What the document says that a webhook is told. */
export type DocumentedPayload = Static<typeof WebhookPayload>

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
})

/** The one request that this API sends by itself. */
export function webhooks(components: Components): JsonSchema {
  return {
    event: {
      post: {
        tags: ['Notification Channels'],
        operationId: 'receiveEvent',
        summary: 'Hear of an event',
        description:
          'Sent to the `url` of a WEBHOOK channel. Any 2xx within 10 s is a success; otherwise it is sent again for 24 hours, with growing pauses. The same event may come twice: `webhook-id` tells.',
        security: [],
        parameters: [
          header('X-Webhook-Signature', 'Lower-case hex HMAC-SHA256 of the body, by the secret of the channel.'),
          header('webhook-id', 'Id of the event (Standard Webhooks).'),
          header('webhook-timestamp', 'Unix seconds of this attempt (Standard Webhooks).'),
          header('webhook-signature', '`v1,<base64>` over id, timestamp and body (Standard Webhooks).'),
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: plainSchema(WebhookPayload, components) } },
        },
        responses: { '2XX': { description: 'Heard.' } },
      },
    },
  }
}
