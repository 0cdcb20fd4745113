/** What is shown while the engine cannot be reached. */
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

export function ConnectionLost() {
  return (
    <div className="p-3">
      <Notice tone="caution" title="The workbench does not answer">
        Calls under way are finished there and will be in History. This page connects again by itself; if it does not,
        start the workbench again with npm start.
      </Notice>
    </div>
  )
}

export function SessionRefused() {
  return (
    <main className="mx-auto flex h-full max-w-xl flex-col justify-center gap-4 p-6">
      <h1 className="text-lg">This link was used already, or is older than ten minutes</h1>
      <p>
        Each start link of the workbench opens one browser, once. For a fresh one press Enter in the terminal that runs
        the workbench, or run there:
      </p>
      <pre className="rounded-md border border-line bg-surface p-3 font-mono">npm run -s tpp -- serve --link</pre>
      <div>
        <Button onClick={() => location.reload()}>Try again</Button>
      </div>
    </main>
  )
}
