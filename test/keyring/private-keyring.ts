/** Runs a program inside a D-Bus session and GNOME keyring of its own, in a chosen state, and leaves nothing behind. */

import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/**
 * - `unlocked`, `locked`: a keyring with a password, which the first `unlocked` run creates
 * - `absent`: no session bus at all; `serviceless`: a bus and no keyring on it; `homeless`: a keyring service without a default keyring
 * - `denied`: the bus refuses messages to the keyring; `silent`: the keyring never answers
 * - `prompting`: locked, and the unlock prompt is never answered
 */
export type KeyringState =
  | 'unlocked'
  | 'locked'
  | 'absent'
  | 'serviceless'
  | 'homeless'
  | 'denied'
  | 'silent'
  | 'prompting'

export interface KeyringRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface PrivateKeyring {
  /** Scratch home; the keyring's files are below it. */
  readonly home: string
  /** @param command program and arguments. Killed after `timeoutMilliseconds`, 30,000 unless told. */
  run(
    state: KeyringState,
    command: readonly string[],
    options?: { readonly environment?: Record<string, string>; readonly timeoutMilliseconds?: number },
  ): Promise<KeyringRun>
  /** Ends what is still running and removes the scratch home. */
  remove(): Promise<void>
}

const unlock = 'printf test-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1'
const start = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1'
const ask =
  'dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets 2>/dev/null'
/** The daemon goes into the background before it has its name on the bus. */
const ready = `n=0; until pid=$(${ask}); do n=$((n+1)); [ $n -gt 500 ] && break; sleep 0.01; done`
const stop = 'kill -STOP $(echo $pid | cut -d" " -f2)'

/** What is done before the program starts, in the new session. */
const preparation: Record<Exclude<KeyringState, 'absent'>, string> = {
  unlocked: `${unlock}; ${ready}`,
  locked: `${start}; ${ready}`,
  serviceless: ':',
  homeless: `${start}; ${ready}`,
  denied: `${unlock}; ${ready}`,
  silent: `${unlock}; ${ready}; ${stop}`,
  prompting: `${start}; ${ready}`,
}

/** Independent of the session it is called in: every variable that leads to another bus, keyring or display is dropped. */
export async function makePrivateKeyring(): Promise<PrivateKeyring> {
  const home = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-keyring-'))
  const mark = randomUUID()
  const folder = async (name: string): Promise<string> => {
    const made = path.join(home, name)
    await fs.mkdir(made, { mode: 0o700 })
    return made
  }
  const environment: Record<string, string> = {
    ...inherited(),
    HOME: home,
    XDG_DATA_HOME: await folder('data'),
    XDG_CONFIG_HOME: await folder('config'),
    XDG_CACHE_HOME: await folder('cache'),
    XDG_RUNTIME_DIR: await folder('run'),
    TPP_PRIVATE_KEYRING: mark,
  }
  const services = await folder('services')
  const prompter =
    '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sh -c "exec sleep 600 >/dev/null 2>&1"\n'
  await fs.writeFile(path.join(services, 'org.gnome.keyring.SystemPrompter.service'), prompter)
  const config = async (name: string, extra: string, policy: string): Promise<string> => {
    const file = path.join(home, `${name}.conf`)
    await fs.writeFile(file, busConfig(environment.XDG_RUNTIME_DIR ?? home, extra, policy))
    return file
  }
  const deny = '<deny send_destination="org.freedesktop.secrets"/>'
  const configs: Partial<Record<KeyringState, string>> = {
    denied: await config('denied', '', deny),
    prompting: await config('prompting', `<servicedir>${services}</servicedir>`, ''),
  }
  const plain = await config('plain', '', '')

  return {
    home,
    async run(state, command, options = {}) {
      const session = ['dbus-run-session', `--config-file=${configs[state] ?? plain}`, '--', 'sh', '-c']
      const whole =
        state === 'absent' ? [...command] : [...session, `${preparation[state]}; exec "$@"`, 'sh', ...command]
      const env = { ...environment, ...options.environment }
      const result = await execute(whole, env, options.timeoutMilliseconds ?? 30_000)
      await endMarked(mark)
      return result
    },
    async remove() {
      await endMarked(mark)
      await fs.rm(home, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

function inherited(): Record<string, string> {
  const foreign = /^(DBUS_|GNOME_KEYRING|XDG_|SSH_AUTH_SOCK$|DISPLAY$|WAYLAND_DISPLAY$)/
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => !foreign.test(entry[0])),
  )
}

/** Without service folders nothing is started by the bus on its own: the machine's own keyring stays out of it. */
const busConfig = (runtime: string, extra: string, policy: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=${runtime}</listen>
  <auth>EXTERNAL</auth>
  ${extra}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    ${policy}
  </policy>
  <limit name="service_start_timeout">600000</limit>
</busconfig>
`

const execute = (command: string[], env: Record<string, string>, timeout: number): Promise<KeyringRun> =>
  new Promise((resolve) => {
    const [program = 'false', ...rest] = command
    const options = { env, timeout, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 } as const
    execFile(program, rest, options, (error, stdout, stderr) => {
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : 1) : 0, stdout, stderr })
    })
  })

/** Daemons leave their process group; the mark in their environment is what says that we started them. */
async function endMarked(mark: string): Promise<void> {
  for (const pid of await fs.readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue
    const environment = await fs.readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
    if (!environment.includes(`TPP_PRIVATE_KEYRING=${mark}`)) continue
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
