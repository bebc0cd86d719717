import { Button, Modal } from '@mantine/core'
import { t } from '../texts/texts.ts'
import { Problem } from './Problem.tsx'

interface Props {
  isOpen: boolean
  /** The question, with the name of what it is about. */
  title: string
  /** What follows from it. */
  text: string
  /** What the button says. */
  action: string
  isBusy: boolean
  error: unknown
  onYes: () => void
  onNo: () => void
}

/** Asks before what can't be undone. */
export function AskFirst({ isOpen, title, text, action, isBusy, error, onYes, onNo }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={onNo}
      title={title}
      centered
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className="ask-text">{text}</p>
      <Problem error={error} />
      <div className="form-actions">
        <Button variant="default" onClick={onNo}>
          {t('cancel')}
        </Button>
        <Button color="red" onClick={onYes} loading={isBusy} data-autofocus>
          {action}
        </Button>
      </div>
    </Modal>
  )
}
