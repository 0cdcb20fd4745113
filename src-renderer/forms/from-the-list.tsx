/** The way back from a typed value to those on offer. */
import { Button } from '../ui/button.tsx'

export function FromTheList({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  return (
    <Button kind="quiet" className="self-start" aria-label={`Choose from the list: ${name}`} onClick={onClick}>
      Choose from the list
    </Button>
  )
}
