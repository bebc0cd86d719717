import { Button, NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useMemo, useState } from 'react'
import type { Monitor } from '#client'
import { api } from '../../api/client.ts'
import { emptyValues } from '../../form/empty.ts'
import { errorsOf } from '../../form/errors-of.ts'
import type { Field, FormValues } from '../../form/field.ts'
import type { ApiDocument } from '../../form/json-schema.ts'
import { allToApi, allToForm, changesOf } from '../../form/values.ts'
import { LinkButton } from '../../parts/LinkButton.tsx'
import { Problem } from '../../parts/Problem.tsx'
import { t } from '../../texts/texts.ts'
import { FieldGroup } from './FieldGroup.tsx'
import { formFieldsOf, typeOf } from './form-fields.ts'
import { TestResults } from './TestResults.tsx'
import { MONITOR_TYPES, type MonitorType, typeLabel } from './types.ts'

interface Props {
  document: ApiDocument
  /** What is edited; none: one is made. */
  monitor?: Monitor
  onSaved: (monitor: Monitor) => void
}

/** Makes or changes a monitor. Its fields are those that the API document gives for the type. */
export function MonitorForm({ document, monitor, onSaved }: Props) {
  const [type, setType] = useState<MonitorType>(monitor?.type ?? 'WEBSITE')
  const groups = useMemo(() => formFieldsOf(document, type), [document, type])
  const fields = useMemo(() => Object.values(groups).flat(), [groups])
  const before = useMemo(
    () => (monitor === undefined ? emptyValues(fields) : allToForm(fields, monitor)),
    [monitor, fields],
  )
  const [typed, setTyped] = useState<FormValues>({})
  const values = { ...before, ...typed }

  const whole = () => ({ type, ...allToApi(fields, values) })
  const test = useMutation({ mutationFn: () => api.testMonitor(whole()) })
  const save = useMutation({
    mutationFn: (): Promise<Monitor> =>
      monitor === undefined
        ? api.send('POST', '/monitors', { body: whole(), options: {} })
        : api.updateMonitor(monitor.id, changesOf(fields, before, values)),
    onSuccess: onSaved,
  })
  const error = save.error ?? test.error
  const errors = errorsOf(error)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    test.reset()
    save.mutate()
  }
  const group = (among: Field[]) => ({
    fields: among,
    type,
    values,
    errors,
    onChange: (name: string, value: FormValues[string]) => setTyped((now) => ({ ...now, [name]: value })),
  })
  return (
    <form onSubmit={submit} className="form monitor-form" noValidate>
      <section className="card">
        <FieldGroup {...group(groups.first.filter(({ name }) => name === 'name'))} />
        <NativeSelect
          label={t('monitor.type')}
          value={type}
          onChange={(event) => setType(typeOf(event.currentTarget.value))}
          data={MONITOR_TYPES.map((value) => ({ value, label: typeLabel(value) }))}
          disabled={monitor !== undefined}
          description={t(`type.${type}.about`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
        <FieldGroup {...group(groups.first.filter(({ name }) => name !== 'name'))} />
        <FieldGroup {...group(groups.own)} />
        <FieldGroup {...group(groups.more)} title={t('form.more', { type: typeLabel(type) })} />
        <FieldGroup {...group(groups.judging)} title={t('form.judging')} />
        <FieldGroup {...group(groups.about)} title={t('form.about')} />
      </section>
      <Problem
        error={error}
        shown={fields.flatMap(({ name }) => [...errors.keys()].filter((path) => isWithin(path, name)))}
      />
      <div className="form-actions">
        <Button type="submit" loading={save.isPending}>
          {t('monitor.save')}
        </Button>
        {type === 'CRON' ? null : (
          <Button
            variant="default"
            onClick={() => {
              save.reset()
              test.mutate()
            }}
            loading={test.isPending}
          >
            {t('monitor.test')}
          </Button>
        )}
        <Cancel monitor={monitor} />
      </div>
      <div aria-live="polite">{test.data === undefined ? null : <TestResults results={test.data.results} />}</div>
    </form>
  )
}

function Cancel({ monitor }: { monitor: Monitor | undefined }) {
  const { to, params } =
    monitor === undefined
      ? { to: '/monitors' as const, params: {} }
      : { to: '/monitors/$monitorId' as const, params: { monitorId: monitor.id } }
  return (
    <LinkButton variant="subtle" to={to} params={params}>
      {t('cancel')}
    </LinkButton>
  )
}

/** Whether an error is of this field, or of something inside it. */
function isWithin(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)
}
