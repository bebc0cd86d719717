import { Type } from 'typebox'
import type { User } from '#storage'
import { memberActor } from '../audit/actor.ts'
import { hashSecret } from '../auth/api-key.ts'
import { refuseCrossSite } from '../auth/cross-site.ts'
import { apiError, invalid } from '../errors.ts'
import type { Routes } from '../routes.ts'
import { sessionOf } from './enter.ts'
import { GivenPassword, LinkToken, NewPassword } from './person-fields.ts'
import { Done, done } from './present.ts'

const tags = ['Sessions']
const PasswordBody = Type.Object(
  { currentPassword: GivenPassword, newPassword: NewPassword },
  { additionalProperties: false },
)
const ResetBody = Type.Object({ token: LinkToken, password: NewPassword }, { additionalProperties: false })

/** `/auth/password` and `/auth/reset-password`: a new password, by the old one or by a one-time link. */
export const passwordRoutes: Routes = (app, deps) => {
  const { store, people, audit, clock, config } = deps

  app.post(
    '/auth/password',
    {
      config: { kind: 'self' },
      schema: {
        tags,
        operationId: 'changePassword',
        summary: 'Change your password',
        description: 'Ends every other session of yours.',
        body: PasswordBody,
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      const caller = sessionOf(request)
      const { currentPassword, newPassword } = request.body
      const user = await people.guard.prove(request.ip, caller.email, currentPassword)
      if (user === null) throw invalid([{ path: 'currentPassword', message: 'is not your password' }])
      await store.users.setPassword(user.id, await people.passwords.hash(newPassword), caller.session.id)
      await people.sessions.move(request, reply, caller, caller.account)
      await audit(request, { action: 'password.changed', target: targetOf(user) })
      return done('Your password is changed; your other sessions have ended')
    },
  )

  app.post(
    '/auth/reset-password',
    {
      config: { open: true },
      schema: {
        tags,
        operationId: 'resetPassword',
        summary: 'Set a new password by a one-time link',
        description: 'The operator of the server makes the link. Ends every session of yours.',
        body: ResetBody,
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      refuseCrossSite(request, config.publicUrl())
      people.guard.take(request.ip)
      const tokenHash = hashSecret(request.body.token)
      const user = await store.users.byReset(tokenHash, clock.nowMs())
      const hash = user === null ? null : await people.passwords.hash(request.body.password)
      if (user === null || hash === null || !(await store.users.spendReset(tokenHash, hash, clock.nowMs())))
        throw apiError('FORBIDDEN', 'This link was used or its time is over. Ask for a new one.')
      people.guard.giveBack(request.ip)
      people.sessions.forget(request, reply)
      for (const { account } of await store.users.accountsOf(user.id)) {
        await audit(request, {
          action: 'password.reset',
          accountId: account.id,
          actor: memberActor(user),
          target: targetOf(user),
        })
      }
      return done('Your password is set. Log in with it')
    },
  )
}

function targetOf({ id, email }: User) {
  return { type: 'user', id, name: email }
}
