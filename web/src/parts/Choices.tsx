interface Props<Value extends string> {
  /** What is chosen. */
  label: string
  chosen: Value
  choices: readonly { value: Value; label: string; count?: number }[]
  onChoose: (value: Value) => void
}

/** A row of buttons of which one is pressed. */
export function Choices<Value extends string>({ label, chosen, choices, onChoose }: Props<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are buttons
    <div className="choices" role="group" aria-label={label}>
      {choices.map(({ value, label, count }) => (
        <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
          {label}
          {count === undefined ? null : <span className="choice-count">{count}</span>}
        </button>
      ))}
    </div>
  )
}
