import { type ReactNode, useEffect } from 'react'

interface Props {
  title: string
  /** Where the page stands, such as Settings, Integrations. */
  within?: readonly string[]
  /** Stands before the title. */
  mark?: ReactNode
  /** A line below the title. */
  about?: ReactNode
  /** What can be done here. */
  children?: ReactNode
}

const PRODUCT = 'StatusApp'

/** The head of a page: its title, also in the browser's tab, and its actions. */
export function PageHead({ title, within = [], mark, about, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${PRODUCT}`
    return () => {
      document.title = PRODUCT
    }
  }, [title])
  return (
    <header className="page-head">
      <div className="page-title">
        {within.length === 0 ? null : <p className="within">{within.join(' / ')}</p>}
        <h1>
          {mark}
          <span>{title}</span>
        </h1>
        {about === undefined ? null : <div className="about">{about}</div>}
      </div>
      {children === undefined ? null : <div className="actions">{children}</div>}
    </header>
  )
}
