// Says in one sentence which Node.js is needed and ends with 2, before anything else is loaded that an old one could not read.

/** Platforms for which the registry has Node 24, so that any Node from 20 on is enough to start with. */
const fetched = { 'linux-x64': true, 'linux-arm64': true, 'win32-x64': true }

export function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0])
  const needed = fetched[`${process.platform}-${process.arch}`] ? 20 : 24
  if (major >= needed) return
  const where = process.platform === 'darwin' ? 'on macOS' : `on ${process.platform}-${process.arch}`
  process.stderr.write(
    `TPP Workbench needs Node.js ${needed} or newer ${where} and this is ${process.versions.node}: ` +
      'install it from https://nodejs.org or with your version manager, then run the same command again.\n',
  )
  process.exit(2)
}
