import { Alert } from '@mantine/core'

/** What the API found worth knowing of an answer. */
export function Warnings({ warnings = [] }: { warnings?: readonly string[] | undefined }) {
  if (warnings.length === 0) return null
  return (
    <Alert color="yellow" variant="light" className="problem">
      {warnings.map((each) => (
        <p key={each}>{each}</p>
      ))}
    </Alert>
  )
}
