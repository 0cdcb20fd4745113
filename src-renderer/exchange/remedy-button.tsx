/** Buttons that do what a remedy says; the command that does the same in the terminal is told beside them. */
import { commandOf, type Remedy } from '#shared/remedy.ts'
import { carryOut } from '../carry-out.ts'
import { Button } from '../ui/button.tsx'
import { useAction } from '../ui/use-action.ts'

export function RemedyButton({ remedy }: { readonly remedy: Remedy }) {
  const { run, busy } = useAction(async () => carryOut(remedy))
  const command = commandOf(remedy)
  return (
    <Button
      busy={busy}
      {...(command.startsWith('tpp ') ? { title: `In the terminal: ${command}` } : {})}
      onClick={() => void run()}
    >
      {remedy.label}
    </Button>
  )
}

export function RemedyButtons({ remedies }: { readonly remedies: readonly Remedy[] }) {
  return remedies.map((remedy) => <RemedyButton key={JSON.stringify(remedy)} remedy={remedy} />)
}
