import { fastify } from 'fastify'

/** The yardstick of the API: a route that knows nobody and answers bytes that it was given. Says `ready` and its address. */
const app = fastify()
const answer = Buffer.from(process.env['ANSWER'] ?? '', 'base64')
app.get('/', (_request, reply) => {
  reply.header('content-type', 'application/json; charset=utf-8')
  return reply.send(answer)
})
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
console.log(`ready on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
process.on('SIGTERM', () => process.exit())
