import { Fault } from '#shared/fault.ts'
import { fromWire } from '#shared/wire.ts'
import { type Command, type CommandContext, positionals } from '../command.ts'
import { type Scratch, scratchWorkbench } from '../demo/scratch-workbench.ts'
import { steps } from '../demo/steps.ts'
import { type StepResult, type Story, stepIds } from '../demo/story.ts'
import { terminalPorts } from '../host/terminal-ports.ts'

const line = ({ ok, id, ms, note }: StepResult): string =>
  `${ok ? '✓' : '✗'} ${id.padEnd(21)}${String(ms).padStart(6)} ms  ${note}`

/** Stops at the first step that fails: the later ones stand on it. */
async function walk(story: Story, context: CommandContext): Promise<StepResult[]> {
  const results: StepResult[] = []
  for (const id of stepIds) {
    if (context.signal.aborted) throw new Fault('CANCELLED', 'The demo was stopped; its sandbox and its keys are gone.')
    const started = performance.now()
    let result: StepResult
    try {
      const told = await steps[id](story)
      const { note, milliseconds = performance.now() - started } = typeof told === 'string' ? { note: told } : told
      result = { id, ok: true, ms: Math.round(milliseconds), note }
    } catch (error) {
      if (context.signal.aborted)
        throw new Fault('CANCELLED', 'The demo was stopped; its sandbox and its keys are gone.')
      result = { id, ok: false, ms: Math.round(performance.now() - started), note: fromWire(error).message }
    }
    results.push(result)
    context.tell(line(result))
    if (!result.ok) break
  }
  return results
}

async function play(scratch: Scratch, context: CommandContext) {
  const { client } = scratch.workbench
  context.tell(
    "A local sandbox of ICA Banken is starting; everything below is real: keys, certificates, mutual TLS, OAuth.\nOnly the bank is simulated, and the customer's clicks are made through the sandbox's control API.\n",
  )
  await client.sandbox.start({ banks: ['ica-banken'] }, { signal: context.signal })
  return walk({ client, signal: context.signal, storeNote: scratch.storeNote }, context)
}

/** `tpp demo`: the main job from nothing, in fifteen steps. */
export const demo: Command = {
  summary: 'Walk through the main job from nothing, against a local sandbox of its own',
  usage: ['demo'],
  async run(context) {
    positionals(context, demo)
    const started = performance.now()
    const scratch = await scratchWorkbench(terminalPorts())
    try {
      const results = await play(scratch, context)
      const ok = results.length === stepIds.length && results.every((result) => result.ok)
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      const text = ok
        ? `\nAll ${results.length} steps done in ${seconds} s. Next: tpp sandbox, then tpp keys order --name acme.`
        : '\nThe demo stopped at the step marked ✗.'
      return { document: { ok, steps: results }, text, exit: ok ? 0 : 1 }
    } finally {
      await scratch.discard()
    }
  },
}
