import type { ReactNode } from 'react'

interface Props {
  title: string
  text?: string
  /** Whether it is all that the page has, whose title it then is. */
  isWhole?: boolean
  children?: ReactNode
}

/** Where there is nothing to show: why, and what to do next. */
export function EmptyState({ title, text, isWhole = false, children }: Props) {
  const Heading = isWhole ? 'h1' : 'h2'
  return (
    <div className="empty">
      <Heading>{title}</Heading>
      {text === undefined ? null : <p>{text}</p>}
      {children}
    </div>
  )
}
