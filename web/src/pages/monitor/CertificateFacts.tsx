import type { Monitor } from '#client'
import { date } from '../../format/times.ts'
import { t, tn } from '../../texts/texts.ts'

/** The certificate that the last check saw, where there was one. */
export function CertificateFacts({ monitor }: { monitor: Monitor }) {
  const certificate = 'certificate' in monitor ? monitor.certificate : null
  if (certificate === null || certificate === undefined) return null
  const { subject, issuer, validTo, daysLeft } = certificate
  return (
    <section>
      <h2>{t('certificate')}</h2>
      <dl className="facts">
        <dt>{t('certificate.subject')}</dt>
        <dd>{subject}</dd>
        <dt>{t('certificate.issuer')}</dt>
        <dd>{issuer}</dd>
        <dt>{t('certificate.validTo')}</dt>
        <dd>
          {date(validTo)} · {tn('certificate.daysLeft', daysLeft)}
        </dd>
      </dl>
    </section>
  )
}
