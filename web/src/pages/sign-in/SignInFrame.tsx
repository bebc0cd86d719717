import { type ReactNode, useEffect } from 'react'

/** The page around a form that comes before the rest: who speaks, and what for. */
export function SignInFrame({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · StatusApp`
  }, [title])
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="brand">
          <span className="brand-mark" aria-hidden="true" />
          StatusApp
        </p>
        <h1>{title}</h1>
        {text === undefined ? null : <p className="dimmed">{text}</p>}
        {children}
      </div>
    </main>
  )
}
