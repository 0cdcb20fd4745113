// Bruno runs the collection of the folder it is started in: argv = its program, the folder, what follows `run`.
import { pathToFileURL } from 'node:url'

const [program, folder, ...rest] = process.argv.slice(2)
process.chdir(folder)
process.argv = [process.argv[0], program, 'run', ...rest]
await import(pathToFileURL(program).href)
