import type { ReactNode } from 'react'

/** A row of figures, each under its name. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="figures">{children}</dl>
}

export function Figure({ label, value, about }: { label: string; value: ReactNode; about?: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {value}
        {about === undefined ? null : <span className="figure-about">{about}</span>}
      </dd>
    </div>
  )
}
